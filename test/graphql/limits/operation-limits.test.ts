import fc from "fast-check";
import { buildSchema, getOperationAST, parse } from "graphql";
import type { DocumentNode } from "graphql";

import type { QueryLimits } from "../../../src/config/index.js";
import { enforceLimits } from "../../../src/graphql/limits/operation-limits.js";

/** The whole of the product's schema, as far as the limits look at it. */
const schema = buildSchema(`
  type Query {
    statusReasons(accountId: ID!): StatusReasonCollection!
    statusReason(accountId: ID!, id: ID!): StatusReason
    agents(accountId: ID!, ids: [ID!]!): [Agent!]!
    liveAgents(filter: Filter, orderBy: Order, limit: Int! = 50): AgentPage!
    liveSummary(accountId: ID!): LiveSummary!
    reasonUsage(accountId: ID!): ReasonUsageReport!
    _entities(representations: [String!]!): [_Entity]!
  }
  union _Entity = Agent | StatusReason
  type StatusReasonCollection { nodes: [StatusReason!]! }
  type StatusReason { id: ID! text: String! agents(limit: Int! = 50): AgentPage! usage(last: String): ReasonUsage }
  type ReasonUsage { seconds: Float! }
  type ReasonUsageReport { seconds: Float! }
  type AgentTime { onlineSeconds: Float }
  type AgentPage { nodes: [Agent!]! totalCount: Int! }
  type Agent { id: ID! status: AgentStatus time(last: String): AgentTime }
  type AgentStatus { state: String reason: StatusReason }
  type LiveSummary { totalCount: Int! }
  enum State { A B OCCUPIED }
  input Filter { states: [State!] reasonIds: [ID!] minSecondsInState: Int minSecondsInReason: Int parts: [Part!] }
  enum By { ID NAME }
  input Order { by: By! }
  input Part { ids: [ID!] }
  input Items { items: [String!]! }
  type Mutation {
    createStatusReasons(accountId: ID!, input: Items!): Boolean
    deleteStatusReason(id: ID!): Boolean
    updateStatusReasons(input: Items!): Written
    applyStatusReasons(input: Desired!): Written
  }
  type Written { results: [Result!]! }
  type Result { id: ID! }
  input Desired { reasons: [String!]! deleteOthers: Boolean! = false dryRun: Boolean! = false }
`);

const none: QueryLimits = {
  maxSource: 65_536,
  maxDepth: 1000,
  maxAliases: 1000,
  maxRootFields: 1000,
  maxDirectives: 1000,
  maxTokens: 1000,
  maxCost: Number.MAX_SAFE_INTEGER,
  maxUpstreamCalls: 1000,
  maxAccounts: 1000,
};

function refusal(source: string, limits: Partial<QueryLimits>, variables = {}): string | undefined {
  return refusalOf(parse(source), limits, variables);
}

function refusalOf(document: DocumentNode, limits: Partial<QueryLimits>, variables = {}): string | undefined {
  const operation = getOperationAST(document);
  if (!operation) throw new Error("one operation, please");
  try {
    enforceLimits({ schema, document, operation, variables }, { ...none, ...limits });
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** A mutation that brings an account to a desired state. */
const desire = (input: string) =>
  `mutation ($r: [String!]! = [], $d: Boolean! = false) { applyStatusReasons(input: { ${input} }) { results { id } } }`;

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

describe("the limits of an operation", () => {
  const counted: readonly [what: string, limit: keyof QueryLimits, value: number, source: string][] = [
    ["depth", "maxDepth", 3, "{ statusReasons(accountId: 1) { nodes { id } } }"],
    ["depth", "maxDepth", 3, "{ ... { statusReasons(accountId: 1) { ... { nodes { id } } } } }"],
    [
      "depth",
      "maxDepth",
      4,
      "{ statusReasons(accountId: 1) { ...a } } fragment a on StatusReasonCollection { nodes { ...b } } fragment b on StatusReason { agents { totalCount } }",
    ],
    ["number of aliases", "maxAliases", 2, "{ statusReason(accountId: 1, id: 1) { a: id b: id } }"],
    [
      "number of aliases",
      "maxAliases",
      4,
      "{ statusReason(accountId: 1, id: 1) { ...a agents { nodes { status { reason { ...a } } } } } } fragment a on StatusReason { a: id b: id }",
    ],
    [
      "number of root fields",
      "maxRootFields",
      3,
      "mutation { a: deleteStatusReason(id: 1) ...b } fragment b on Mutation { b: deleteStatusReason(id: 2) c: deleteStatusReason(id: 3) }",
    ],
    [
      "number of directives",
      "maxDirectives",
      3,
      "query @a { statusReason(accountId: 1, id: 1) @include(if: true) { id @skip(if: false) } }",
    ],
  ];

  it.each(counted)("stop a %s over %s: %d", (what, limit, value, source) => {
    expect(refusal(source, { [limit]: value })).toBeUndefined();
    expect(refusal(source, { [limit]: value - 1 })).toBe(
      `The operation's ${what} is ${value}; it may be ${value - 1} at most.`,
    );
  });

  const costs: readonly [source: string, cost: number, variables?: object][] = [
    ["{ __typename }", 0],
    ["{ statusReason(accountId: 1, id: 1) { id text } }", 12],
    ["{ statusReasons(accountId: 1) { nodes { id } } }", 100 + 100 * 12],
    ['{ agents(accountId: 1, ids: ["1", "2", "3"]) { id } }', 3 + 3 * 11],
    ["query ($ids: [ID!]!) { agents(accountId: 1, ids: $ids) { id } }", 5000 + 5000 * 11, { ids: ids(5000) }],
    ["query ($ids: [ID!]!) { agents(accountId: 1, ids: $ids) { id } }", 9000 + 5000 * 11, { ids: ids(9000) }],
    ['query ($ids: [ID!]! = ["1", "2"]) { agents(accountId: 1, ids: $ids) { id } }', 2 + 2 * 11],
    ["query ($ids: [ID!]!) { agents(accountId: 1, ids: $ids) { id } }", 11, { ids: "1" }],
    ["query ($ids: [ID!]!) { agents(accountId: 1, ids: $ids) { id } }", 11],
    ["{ liveAgents { totalCount } }", 100 + 50 * 11],
    ["{ liveAgents(limit: 7) { totalCount } }", 100 + 7 * 11],
    ["{ liveAgents(limit: 999999) { totalCount } }", 100 + 1000 * 11],
    ["query ($limit: Int!) { liveAgents(limit: $limit) { totalCount } }", 100 + 8 * 11, { limit: 8 }],
    ["query ($limit: Int!) { liveAgents(limit: $limit) { totalCount } }", 100 + 11, { limit: -8 }],
    [
      "query ($r: [String!]!) { _entities(representations: $r) { ... on Agent { status { reason { text } } } } }",
      500 + 500 * (10 + 1 + 10 + 1),
      { r: ids(500) },
    ],
    [
      "query ($r: [String!]!) { _entities(representations: $r) { ... on StatusReason { agents(limit: 2) { nodes { id } } } } }",
      3 + 3 * (10 + 2 * (10 + 2)),
      { r: ids(3) },
    ],
    ['mutation { createStatusReasons(accountId: 1, input: { items: ["a", "b"] }) }', 1000 + 2 + 20],
    [
      "mutation ($input: Items!) { createStatusReasons(accountId: 1, input: $input) }",
      1000 + 3 + 30,
      { input: { items: ids(3) } },
    ],
    [
      "mutation ($items: [String!]!) { createStatusReasons(accountId: 1, input: { items: $items }) }",
      1000 + 4 + 40,
      { items: ids(4) },
    ],
    // Windows: each may be a call of its own, which all records of a list share.
    ["{ statusReason(accountId: 1, id: 1) { usage { seconds } } }", 10 + 10 + 10_100 + 1],
    [
      "{ statusReasons(accountId: 1) { nodes { usage { seconds } } } }",
      100 + 10_100 + 100 * (10 + 1 + 10 + 1),
    ],
    ["{ reasonUsage(accountId: 1) { seconds } }", 10_100 + 1],
    [
      'query ($ids: [ID!]!) { agents(accountId: 1, ids: $ids) { a: time { onlineSeconds } b: time(last: "PT1H") { onlineSeconds } } }',
      500 + 2 * 100 + 500 * (10 + 2 * (10 + 1)),
      { ids: ids(500) },
    ],
    // Live agents that the upstream cannot sort or filter: the whole view is read for a page of it.
    ["{ liveAgents(orderBy: { by: NAME }, limit: 1) { totalCount } }", 10_100 + 11],
    ["{ liveAgents(orderBy: null, filter: null, limit: 1) { totalCount } }", 100 + 11],
    ["{ liveAgents(filter: { minSecondsInState: 0 }, limit: 1) { totalCount } }", 10_100 + 11],
    ["{ liveAgents(filter: { minSecondsInReason: 60 }, limit: 1) { totalCount } }", 10_100 + 11],
    ["{ liveAgents(filter: { states: OCCUPIED }, limit: 1) { totalCount } }", 10_100 + 11],
    ["{ liveAgents(filter: { states: [A, OCCUPIED] }, limit: 1) { totalCount } }", 10_100 + 11 + 2],
    [
      "query ($o: Order) { liveAgents(orderBy: $o, limit: 1) { totalCount } }",
      10_100 + 11,
      { o: { by: "ID" } },
    ],
    ["query ($o: Order) { liveAgents(orderBy: $o, limit: 1) { totalCount } }", 100 + 11],
    [
      "query ($s: Int) { liveAgents(filter: { minSecondsInState: $s }, limit: 1) { totalCount } }",
      10_100 + 11,
      { s: 60 },
    ],
    [
      "query ($s: Int) { liveAgents(filter: { minSecondsInState: $s }, limit: 1) { totalCount } }",
      100 + 11,
      { s: null },
    ],
    ["{ liveSummary(accountId: 1) { totalCount } }", 10_100 + 1],
    // What lists in filters and in other inputs cost, wherever their items stand.
    [
      "query ($ids: [ID!]!) { liveAgents(filter: { reasonIds: $ids, states: [A, B] }) { totalCount } }",
      100 + 50 * 11 + 10_000 + 5000 + 2,
      { ids: ids(5000) },
    ],
    [
      "query ($f: Filter) { a: liveAgents(filter: $f) { totalCount } b: liveAgents(filter: $f) { totalCount } }",
      2 * (100 + 50 * 11 + 10_000 + 4 + 1 + 10 + 1),
      { f: { reasonIds: ids(4), states: ["A"], parts: [{ ids: ids(1) }] } },
    ],
    ["query ($f: Filter = { states: [A, B] }) { liveAgents(filter: $f) { totalCount } }", 100 + 50 * 11 + 2],
    ["query ($f: Filter) { liveAgents(filter: $f) { totalCount } }", 100 + 50 * 11, { f: "no filter" }],
    // What an answer holds for names.
    [`{ statusReason(accountId: 1, id: 1) { ${"a".repeat(31)}: id } }`, 11],
    [`{ statusReason(accountId: 1, id: 1) { ${"a".repeat(320)}: id } }`, 10 + 1 + 10],
    ['{ agents(accountId: 1, ids: ["1"]) { __typename a: __typename b: __typename } }', 1 + 10 + 2],
    [`{ agents(accountId: 1, ids: ["1"]) { ${"a".repeat(64)}: __typename } }`, 1 + 10 + 1 + 2],
    ["{ __schema { types { name } } }", 500 * 2],
    // A write for each item, and for as many others as may be deleted, each with a record in the response.
    [
      'mutation { updateStatusReasons(input: { items: ["a", "b"] }) { results { id } } }',
      1000 + 2 + 2 * 1000 + 2 * 12,
    ],
    [desire('reasons: ["a"]'), 1000 + 1 + 1000 + 12],
    [desire('reasons: ["a"], deleteOthers: true'), 1000 + 1 + 101 * (1000 + 12)],
    [desire("reasons: [], deleteOthers: true"), 1000 + 100 * (1000 + 12)],
    [desire("reasons: [], deleteOthers: true, dryRun: true"), 1000 + 100 * 12],
    [desire("reasons: $r, deleteOthers: $d"), 1000 + 2 + 102 * (1000 + 12), { r: ids(2), d: true }],
    [
      desire("reasons: $r, deleteOthers: $d, dryRun: $d"),
      1000 + 2 + 2 * (1000 + 12),
      { r: ids(2), d: false },
    ],
    [desire("reasons: $r"), 1000 + 200 + 100 * (1000 + 12), { r: ids(200) }],
  ];

  it.each(costs.map(([source, cost, variables = {}]) => [source, cost, variables] as const))(
    "estimate the cost of %s: %d",
    (source, cost, variables) => {
      expect(refusal(source, { maxCost: cost }, variables)).toBeUndefined();
      if (cost > 0) expect(refusal(source, { maxCost: cost - 1 }, variables)).toContain(`cost is ${cost};`);
    },
  );

  it("measure a document again for the variables it comes with, each list and each default for itself", () => {
    const source = `query ($a: [ID!]!, $b: Int! = 3, $c: Int) {
      agents(accountId: 1, ids: $a) { id } liveAgents(filter: { minSecondsInState: $c }, limit: $b) { totalCount }
    }`;
    const document = parse(source);
    const variables = fc.record(
      { a: fc.nat(6000).map(ids), b: fc.integer({ min: -5, max: 1005 }), c: fc.constantFrom(null, 0, 60) },
      { requiredKeys: ["a"] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(variables, fc.constant({ a: ids(2) })), { minLength: 2 }), (requests) => {
        for (const sent of requests) {
          const again = refusalOf(document, { maxCost: 0 }, sent);
          expect(again).toMatch(/estimated cost is \d+;/);
          expect(again).toBe(refusal(source, { maxCost: 0 }, sent));
        }
      }),
    );
  });

  it("measure fragments of fragments in no time, and count all they stand for", () => {
    const doubling = Array.from(
      { length: 200 },
      (_, index) => `fragment f${index} on StatusReason { ...f${index + 1} ...f${index + 1} }`,
    );
    const source = `{ statusReason(accountId: 1, id: 1) { ...f0 } } ${doubling.join(" ")} fragment f200 on StatusReason { id }`;
    expect(refusal(source, { maxCost: 400_000 })).toMatch(/^The operation's estimated cost is \d+;/);
  });

  it("give up on selections inside selections without end", () => {
    const source = `{ ${"... {".repeat(600)} __typename ${"}".repeat(600)} }`;
    expect(refusal(source, {})).toMatch(
      /^The operation is nested too deep; its depth may be 1000 at most\.$/,
    );
  });

  describe("the agents of an account's reasons", () => {
    const costOf = (source: string): number =>
      Number(/estimated cost is (\d+)/.exec(refusal(source, { maxCost: 0 }) ?? "")?.[1]);
    const agents = (limit: number, alias = "agents: ") => `${alias}agents(limit: ${limit}) { nodes { id } }`;

    it("count as the 1000 that there can be, however many reasons ask for a page", () => {
      const reasons = (inner: string) => costOf(`{ statusReasons(accountId: 1) { nodes { id ${inner} } } }`);
      const plain = reasons("");
      expect(reasons(agents(1000)) - plain).toBe(1000 * 12);
      expect(reasons(agents(50)) - plain).toBe(1000 * 12);
      expect(reasons(agents(5)) - plain).toBe(100 * 5 * 12);
      expect(reasons(agents(1000, "a: ") + agents(1000, "b: ")) - plain).toBe(2 * 1000 * 12);
    });

    it("count each time where the same reason may be asked for again", () => {
      const one = costOf(`{ statusReason(accountId: 1, id: 1) { ${agents(1000)} } }`);
      expect(one).toBeGreaterThanOrEqual(1000 * 12);
      const many = costOf(
        `{ _entities(representations: ["a", "b"]) { ... on StatusReason { ${agents(1000)} } } }`,
      );
      expect(many).toBeGreaterThanOrEqual(2 * 1000 * 12);
    });
  });
});
