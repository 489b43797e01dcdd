import { readFileSync } from "node:fs";

import { ApolloServer } from "@apollo/server";
import fc from "fast-check";
import { buildSchema, parse, validate } from "graphql";

import type { Fault } from "../../src/emulator/faults/faults.js";
import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorReasonIds,
  emulatorEmptyAccountId,
} from "../../src/emulator/seed/seed.js";
import { post, startTestGateway } from "../support/gateway.js";
import type { TestGateway, WireError } from "../support/gateway.js";
import { randomQuery } from "../support/random-query.js";
import { seededCalls } from "../support/seeded-calls.js";

const { lunch } = emulatorReasonIds;
const ids = Object.values(emulatorAgentIds).flat();
const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"), { assumeValidSDL: true });

/** An answer without what differs from one request to the next. */
interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;
  readonly errors: readonly WireError[];
  readonly text: string | undefined;
}

const reasons = "statusReasons(accountId: $accountId)";
const withAccount = "query ($accountId: ID!)";

describe("compiled operations", () => {
  let compiled: TestGateway;
  let plain: TestGateway;
  let byApollo: jest.SpyInstance;

  beforeAll(async () => {
    const env = { UPSTREAM_ATTEMPTS: "1", UPSTREAM_CIRCUIT_FAILURES: "1000000" };
    const startedAt = Date.now();
    // Results with times are the same for both.
    const options = { now: () => startedAt };
    compiled = await startTestGateway(env, options);
    const plainEnv = { ...env, COMPILED_OPERATIONS: "0", UPSTREAM: compiled.emulator.origin };
    plain = await startTestGateway(plainEnv, options);
  });
  beforeEach(() => {
    byApollo = jest.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");
  });
  afterEach(() => {
    compiled.emulator.reset();
  });
  afterAll(async () => {
    await plain.stop();
    await compiled.stop();
  });

  async function ask(
    gateway: TestGateway,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Told> {
    const answer = await post(gateway.url, body, { headers: { "x-request-id": "one", ...headers } });
    const { date, ...others } = Object.fromEntries(answer.headers);
    expect(date).toBeDefined();
    const errors = [...answer.errors].sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
    // Errors come in the order in which they happen, which is nobody's to promise.
    const text = errors.length === 0 ? answer.text : undefined;
    return { status: answer.status, headers: others, data: answer.data, errors, text };
  }

  /** What `work` asks of the upstream. */
  async function callsOf(work: () => Promise<unknown>): Promise<number> {
    const before = compiled.emulator.journal.requests.length;
    await work();
    return compiled.emulator.journal.requests.length - before;
  }

  /** Asks both gateways the same, the compiling one when it knows the operation, and expects the same. */
  async function compare(
    query: string,
    variables: object = {},
    faults: readonly Fault[] = [],
  ): Promise<Told> {
    const body = JSON.stringify({ query, variables });
    // What comes once is not compiled.
    await ask(compiled, body);
    await ask(compiled, body);
    compiled.emulator.faults.add(...faults);
    let expected: Told | undefined;
    let actual: Told | undefined;
    const plainCalls = await callsOf(async () => (expected = await ask(plain, body)));
    byApollo.mockClear();
    const calls = await callsOf(async () => (actual = await ask(compiled, body)));
    if (actual === undefined || expected === undefined) throw new Error("no answer");
    expect(actual).toEqual(expected);
    expect(calls).toBe(plainCalls);
    return actual;
  }

  it.each<[string, string, object]>([
    [
      "a list",
      `${withAccount} { ${reasons} { totalCount revision nodes { id text state enabled deleted } } }`,
      {},
    ],
    ["literals", `{ statusReason(accountId: "${accountId}", id: "${lunch}") { id text } }`, {}],
    ["an id as a number", `{ statusReason(accountId: ${accountId}, id: ${lunch}) { id } }`, {}],
    [
      "null for what is not there",
      `{ statusReason(accountId: "${accountId}", id: "1") { id } statusReasons(accountId: "${accountId}") { revision } }`,
      {},
    ],
    [
      "a filter",
      `query ($accountId: ID!, $filter: StatusReasonFilter) {
        statusReasons(accountId: $accountId, filter: $filter) { totalCount nodes { text } }
      }`,
      { filter: { enabled: true, text: "n" } },
    ],
    [
      "defaults",
      `query ($accountId: ID!, $deleted: Boolean = true) {
        statusReasons(accountId: $accountId, includeDeleted: $deleted) { nodes { id deleted } }
      }`,
      {},
    ],
    [
      "aliases",
      `${withAccount} { a: ${reasons} { totalCount } b: ${reasons} { totalCount nodes { t: text } } }`,
      {},
    ],
    [
      "repeats",
      `${withAccount} { ${reasons} { nodes { id } } ${reasons} { nodes { text id } totalCount } }`,
      {},
    ],
    [
      "fragments and type names",
      `${withAccount} { __typename ${reasons} { ...List } } fragment List on StatusReasonCollection {
        __typename nodes { ...Reason ... on StatusReason { enabled } }
      } fragment Reason on StatusReason { __typename id }`,
      {},
    ],
    [
      "constant directives",
      `${withAccount} { ${reasons} { nodes { id @skip(if: true) text @include(if: true) } } }`,
      {},
    ],
    [
      "agents with reasons",
      `query ($accountId: ID!, $ids: [ID!]!) { agents(accountId: $accountId, ids: $ids) {
        id name group { accountId id name } skills { accountId id name }
        status { state since reason { id text deleted } load activeConversations }
      } }`,
      { ids: [...ids, ...ids, "999"] },
    ],
    [
      "agents with times",
      `query ($accountId: ID!, $ids: [ID!]!, $last: Duration, $from: DateTimeISO) {
        agents(accountId: $accountId, ids: $ids) {
          id status { observedAt stateSeconds reasonSeconds reason { text } } time { ...Time }
          byVariable: time(last: $last) { ...Time } byLiteral: time(last: "PT1H") { ...Time }
          sinceFrom: time(from: $from) { from to onlineSeconds }
        }
      } fragment Time on AgentTime {
        from to loggedInSeconds onlineSeconds states { state seconds } reasons { state reason { text } seconds }
      }`,
      { ids: [...ids, "999"], last: "PT24H", from: new Date(Date.now() - 3_600_000).toISOString() },
    ],
    [
      "the usage of reasons",
      `query ($accountId: ID!, $last: Duration, $filter: LiveAgentFilter) {
        reasonUsage(accountId: $accountId, last: $last, filter: $filter) {
          from to usages { reason { id text deleted } agentCount seconds } agentCount seconds truncated
        }
        ${reasons} { nodes { id usage(last: $last) { reason { text } agentCount seconds } } }
      }`,
      { last: "PT8H", filter: { states: ["AWAY", "ONLINE"] } },
    ],
    [
      "agents of reasons of agents",
      `${withAccount} { ${reasons} { nodes { id agents(limit: 5) { totalCount nodes { id status { reason { text } } } } } } }`,
      {},
    ],
    [
      "live agents",
      `query ($accountId: ID!, $filter: LiveAgentFilter) { liveAgents(accountId: $accountId, filter: $filter, limit: 20) {
        totalCount truncated nodes { id status { state since } }
      } }`,
      { filter: { states: ["AWAY", "ONLINE"] } },
    ],
    [
      "live agents in an order",
      `query ($accountId: ID!, $order: LiveAgentOrder, $seconds: Int) {
        liveAgents(accountId: $accountId, filter: { minSecondsInState: $seconds }, orderBy: $order, limit: 20) {
          totalCount nodes { id name status { state stateSeconds } }
        }
      }`,
      { order: { by: "STATE_TIME", direction: "DESC" }, seconds: 60 },
    ],
    [
      "a summary of live agents",
      `query ($accountId: ID!, $filter: LiveAgentFilter) {
        liveSummary(accountId: $accountId, filter: $filter) {
          totalCount truncated observedAt states { state agentCount } reasons { reason { id text deleted } agentCount }
          groups { group { id name } agentCount } skills { skill { id name } agentCount }
        }
        ${reasons} { nodes { id agentCount } }
      }`,
      { filter: { states: ["AWAY", "ONLINE"] } },
    ],
    [
      "entities",
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        __typename ... on StatusReason { id text } ... on Agent { id status { state reason { text } } }
      } }`,
      {
        representations: [
          { __typename: "StatusReason", accountId, id: lunch },
          { __typename: "Agent", accountId, id: ids[0] },
          { __typename: "StatusReason", accountId: emulatorEmptyAccountId, id: "1" },
        ],
      },
    ],
  ])("answers %s as graphql-js does, without it", async (_name, query, variables) => {
    const { errors } = await compare(query, { accountId, ...variables });
    expect(errors).toEqual([]);
    expect(byApollo).not.toHaveBeenCalled();
  });

  it.each<[string, string, object]>([
    [
      "conditions",
      `query ($accountId: ID!, $with: Boolean!) { ${reasons} { totalCount revision @include(if: $with) } }`,
      { with: true },
    ],
    ["introspection", `{ __type(name: "Agent") { fields { name } } }`, {}],
  ])("leaves %s to graphql-js", async (_name, query, variables) => {
    const { errors } = await compare(query, { accountId, ...variables });
    expect(errors).toEqual([]);
    expect(byApollo).toHaveBeenCalledTimes(1);
  });

  const list = `${withAccount} { ${reasons} { nodes { id } } }`;
  const agents = `query ($accountId: ID!, $ids: [ID!]!) {
    agents(accountId: $accountId, ids: $ids) { id status { state reason { text } } }
  }`;

  it.each<[string, string, Fault]>([
    ["a list", list, { status: 503 }],
    ["a list that is cut off", list, { truncate: true }],
    ["agents", agents, { match: { path: "agent_view" }, status: 500 }],
    [
      "agents, of whom nonsense is told",
      agents,
      { match: { path: "agent_view" }, status: 200, body: "<html>" },
    ],
    ["agents' reasons", agents, { match: { path: "status-reasons" }, status: 403 }],
  ])("tells the failure of %s as graphql-js does, and calls no more", async (_name, query, fault) => {
    await compare(query, { accountId, ids });
    expect(byApollo).not.toHaveBeenCalled();
    const { errors } = await compare(query, { accountId, ids }, [fault]);
    expect(errors.length).toBeGreaterThan(0);
    expect(byApollo).toHaveBeenCalledTimes(1);
  });

  it.each<[string, object]>([
    ["a variable that is missing", { ids }],
    ["a variable of another type", { accountId, ids: [{}] }],
    ["an input that is refused", { accountId, ids: ["x"] }],
    ["a cost over the limit", { accountId, ids: Array<string>(6000).fill("1") }],
    ["no variables", {}],
  ])("refuses %s as graphql-js does", async (_name, wrong) => {
    await compare(agents, { accountId, ids });
    const body = JSON.stringify({ query: agents, variables: wrong });
    const refused = await ask(compiled, body);
    expect(refused.errors.length).toBeGreaterThan(0);
    expect(refused).toEqual(await ask(plain, body));
  });

  it.each([
    ["application/json"],
    ["application/graphql-response+json"],
    ["application/graphql-response+json, application/json;q=0.9"],
    ["*/*"],
    ["text/html"],
  ])("answers who accepts %s as Apollo does", async (accept) => {
    const body = JSON.stringify({ query: `{ statusReasons(accountId: "${accountId}") { totalCount } }` });
    const expected = await ask(plain, body, { accept });
    expect(await ask(compiled, body, { accept })).toEqual(expected);
    expect(await ask(compiled, body, { accept })).toEqual(expected);
  });

  it.each([
    ["operationName of another operation", { operationName: "Other" }],
    ["variables that are a string", { variables: "{}" }],
    ["a persisted query's hash", { extensions: { persistedQuery: { version: 1, sha256Hash: "0" } } }],
  ])("leaves a request with %s to Apollo", async (_name, unusual) => {
    const query = `query One { statusReasons(accountId: "${accountId}") { totalCount } }`;
    await compare(query);
    const body = JSON.stringify({ query, ...unusual });
    const refused = await ask(compiled, body);
    expect(refused.errors.length).toBeGreaterThan(0);
    expect(refused).toEqual(await ask(plain, body));
  });

  it("tells operations of one document apart", async () => {
    const query = `query One { statusReasons(accountId: "${accountId}") { totalCount } }
      query Two { statusReasons(accountId: "${emulatorEmptyAccountId}") { revision } }`;
    for (const operationName of ["One", "Two", "One", "Two"]) {
      const body = JSON.stringify({ query, operationName });
      expect(await ask(compiled, body)).toEqual(await ask(plain, body));
    }
  });

  it("answers with a large text, of more bytes than characters, as graphql-js does", async () => {
    const texts = Array.from({ length: 500 }, (_, index) => `aliasOfTheText${String(index)}: text`).join(" ");
    const { text = "" } = await compare(`${withAccount} { ${reasons} { nodes { ${texts} } } }`, {
      accountId,
    });
    expect(byApollo).not.toHaveBeenCalled();
    expect(text.length).toBeGreaterThan(128 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(text.length);
  });

  it("tells of each answer in the log as Apollo's way does", async () => {
    const query = `query Told { statusReasons(accountId: "${accountId}") { totalCount } }`;
    await compare(query);
    const lines = [compiled, plain].map(({ log }) => log.lines().at(-1) ?? {});
    const [last, other] = lines.map((line) => ({ ...line, time: undefined, durationMs: undefined }));
    expect(last).toEqual(other);
    expect(last).toMatchObject({ operation: "Told", outcome: "ok", upstreamCalls: 1 });
  });

  it("answers any query as graphql-js does", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(randomQuery(schema, seededCalls), async (query) => {
        fc.pre(validate(schema, parse(query)).length === 0);
        await compare(query);
        if (byApollo.mock.calls.length === 0) answered += 1;
      }),
      { numRuns: 60 },
    );
    expect(answered).toBeGreaterThan(30);
  }, 60_000);
});

function placeOf({ path = [], message }: WireError): string {
  return `${path.join(".")} ${message}`;
}
