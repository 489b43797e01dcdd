import { createHash } from "node:crypto";

import { emulatorAccountId as account, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import { errorOf, post, startTestGateway, useTestGateway } from "../support/gateway.js";
import type { GraphqlResponse } from "../support/gateway.js";

/** Far over what any of these answers needs, far under what they cost without limits. */
const patienceMs = 20_000;

const stranger = { token: null };

/** No answer to a stranger, nor one of errors alone, is longer. */
const shortLength = 700_000;

function repeated<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

function codesOf({ errors }: GraphqlResponse<unknown>): Set<unknown> {
  return new Set(errors.map(({ extensions }) => extensions["code"]));
}

describe("a caller without credentials", () => {
  const gateway = useTestGateway();

  it.each([
    ["an agent's keys", `{ agent(accountId: "${account}", id: "1") { accountId id } }`, {}],
    [
      "agents' keys",
      `query ($ids: [ID!]!) { agents(accountId: "${account}", ids: $ids) { id } }`,
      { ids: repeated(5000, "1") },
    ],
    [
      "keys of entities",
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Agent { id } ... on StatusReason { id } } }",
      { r: repeated(500, { __typename: "Agent", accountId: account, id: "1" }) },
    ],
    ["a refusal of arguments", '{ agent(accountId: "?", id: "x") { id } }', {}],
    ["a write's refusal", `mutation { deleteStatusReason(accountId: "?", id: "x") { revision } }`, {}],
  ])("does not get %s", async (_name, query, variables) => {
    for (let times = 0; times < 3; times += 1) {
      const answer = await gateway.query(query, variables, stranger);
      expect(answer.status).toBe(200);
      expect(errorOf(answer).extensions).toMatchObject({ code: "UNAUTHENTICATED", retryable: false });
      expect(Object.values(answer.data ?? {}).every((value) => value === null)).toBe(true);
    }
    expect(gateway.emulator.journal.count()).toBe(0);
  });

  it("does not get what a caller with credentials got of the same query", async () => {
    const query = `{ agent(accountId: "${account}", id: "1") { accountId id } }`;
    for (let times = 0; times < 3; times += 1) expect((await gateway.query(query)).errors).toEqual([]);
    expect(codesOf(await gateway.query(query, {}, stranger))).toEqual(new Set(["UNAUTHENTICATED"]));
  });

  it("does not get the SDL again and again in one answer", async () => {
    const fields = Array.from({ length: 100 }, (_, index) => `a${index}: sdl`).join(" ");
    const answer = await gateway.query(`{ _service { ${fields} } }`, {}, stranger);
    expect(errorOf(answer).message).toMatch(/^The operation's estimated cost is 5\d{5};/);
  });

  it(
    "gets a short answer at once, however much is asked and however many lines it has",
    async () => {
      const fields = Array.from(
        { length: 1400 },
        (_, index) => `a${index}:statusReason(accountId:"",id:""){id}\n`,
      );
      const answer = await gateway.query(`{ ${"\n".repeat(5000)} ${fields.join("")} }`, {}, stranger);
      expect(codesOf(answer)).toEqual(new Set(["UNAUTHENTICATED"]));
      expect(answer.errors).toHaveLength(100);
      expect(answer.text.length).toBeLessThan(100_000);
    },
    patienceMs,
  );

  it("still gets what needs none beside it", async () => {
    const query = `{ __typename _service { sdl } statusReason(accountId: "${account}", id: "1") { id } }`;
    const answer = await gateway.query(query, {}, stranger);
    expect(answer.data).toMatchObject({ __typename: "Query", statusReason: null, _service: {} });
    expect(errorOf(answer)).toMatchObject({ path: ["statusReason"] });
  });
});

describe("an answer's length", () => {
  it("is limited, the first time and when the query is known", async () => {
    const gateway = await startTestGateway({ RESPONSE_MAX_BYTES: "20000" });
    const query = (length: number) =>
      `{ statusReasons(accountId: "${account}") { nodes { ${"a".repeat(length)}: id } } }`;
    for (let times = 0; times < 4; times += 1) {
      expect((await gateway.query(query(20))).errors).toEqual([]);
      const answer = await gateway.query(query(10_000));
      expect(answer.status).toBe(200);
      expect(answer.data).toBeNull();
      expect(errorOf(answer)).toMatchObject({ extensions: { code: "RESPONSE_TOO_LARGE", retryable: false } });
    }
    await gateway.stop();
  });

  it("counts for a known query whose rows become more", async () => {
    const gateway = await startTestGateway({ RESPONSE_MAX_BYTES: "4000" });
    const query = `{ statusReasons(accountId: "${account}") { nodes { id text state enabled } } }`;
    for (let times = 0; times < 3; times += 1) expect((await gateway.query(query)).errors).toEqual([]);
    gateway.emulator.state.account(account).reasons.create(
      Array.from({ length: 100 }, (_, index) => ({
        text: `Reason ${index}`,
        state: "Away",
        enabled: true,
      })),
    );
    expect(codesOf(await gateway.query(query))).toEqual(new Set(["RESPONSE_TOO_LARGE"]));
    await gateway.stop();
  });

  it("counts in what long names and aliases of __typename cost", async () => {
    const gateway = await startTestGateway();
    const ids = Array.from({ length: 5000 }, (_, index) => String(index + 1));
    const agents = (selection: string) =>
      gateway.query(`query ($ids: [ID!]!) { agents(accountId: "${account}", ids: $ids) { ${selection} } }`, {
        ids,
      });
    const aliases = Array.from({ length: 1900 }, (_, index) => `a${index}: __typename`);
    for (const selection of [
      `${"a".repeat(40_000)}: id`,
      `${"a".repeat(40_000)}: __typename`,
      aliases.join(" "),
    ]) {
      const answer = await agents(selection);
      expect(answer.status).toBe(400);
      expect(errorOf(answer).message).toMatch(/estimated cost/);
    }
    await gateway.stop();
  });
});

describe("inputs that are large", () => {
  const gateway = useTestGateway();
  const entities = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }";
  const creates = `mutation ($i: CreateStatusReasonsInput!) { createStatusReasons(accountId: "${account}", input: $i) { revision } }`;
  const filtered = `query ($f: LiveAgentFilter) { ${Array.from(
    { length: 1150 },
    (_, index) => `a${index}:liveAgents(accountId:"?",filter:$f){totalCount}`,
  ).join(" ")} }`;
  const combining = `a${"\u0323\u0301".repeat(60_000)}`;
  const object = (fields: number, length: number) =>
    Object.fromEntries(Array.from({ length: fields }, (_, index) => [`a${index}`, "x".repeat(length)]));

  it.each([
    ["40,000 representations of 0", entities, { r: repeated(40_000, 0) }],
    ["36,000 representations of 0", entities, { r: repeated(36_000, 0) }],
    ["5,000 representations of 0", `${"\n".repeat(60_000)}${entities}`, { r: repeated(5_000, 0) }],
    ["80,000 blank items", creates, { i: { items: repeated(80_000, { text: "" }) } }],
    ["30,000 blank items", creates, { i: { items: repeated(30_000, { text: "" }) } }],
    ["values of a filter", filtered, { f: { states: repeated(80_000, "AWAY") } }],
    ["values of a filter, all of them wrong", filtered, { f: { reasonIds: repeated(200_000, "x") } }],
    ["combining marks", creates, { i: { items: repeated(2, { text: combining }) } }],
    ["a text of blanks", creates, { i: { items: repeated(9, { text: " ".repeat(100_000) }) } }],
    ["fields that an input does not have", creates, { i: object(50, 20_000) }],
    ["fields that a filter does not have", filtered, { f: object(40_000, 1) }],
    ["one long value", filtered, { f: "x".repeat(1_000_000) }],
    [
      "a long text to look for",
      `query ($t: String) { statusReasons(accountId: "${account}", filter: { text: $t }) { totalCount } }`,
      { t: "x".repeat(1_000_000) },
    ],
    ["a long name", `{ ${"a".repeat(60_000)} }`, {}],
  ])(
    "are refused soon and shortly: %s",
    async (_name, query, variables) => {
      const answer = await gateway.query(query, variables);
      expect(answer.errors.length).toBeGreaterThan(0);
      expect(answer.errors.length).toBeLessThanOrEqual(1001);
      expect(answer.text.length).toBeLessThan(shortLength);
      expect(codesOf(answer)).not.toContain("INTERNAL_SERVER_ERROR");
      expect(gateway.emulator.journal.count()).toBe(0);
    },
    patienceMs,
  );

  it.each([
    ["ID", "query ($v: [ID!]!) { agents(accountId: 1, ids: $v) { id } }", null],
    ["_Any", "query ($v: [_Any!]!) { _entities(representations: $v) { __typename } }", null],
    [
      "AgentState",
      "query ($v: [AgentState!]) { liveAgents(accountId: 1, filter: { states: $v }) { totalCount } }",
      9,
    ],
  ])(
    "are the caller's mistake where more values of %s are wrong than graphql-js tells",
    async (_type, query, value) => {
      const answer = await gateway.query(query, { v: repeated(60, value) });
      expect(answer.status).toBe(400);
      expect(answer.errors).toHaveLength(51);
      expect(codesOf(answer)).toEqual(new Set(["BAD_USER_INPUT"]));
      expect(gateway.log.lines().filter(({ level }) => Number(level) >= 40)).toEqual([]);
    },
  );

  it("are refused by their lengths before their items", async () => {
    const items = repeated(101, { text: "" });
    const answer = await gateway.query(creates, { i: { items } });
    expect(errorOf(answer).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      validationErrors: [
        { path: "input.items", constraint: "arrayMaxSize", message: "must have 1 to 100 items" },
      ],
    });
  });

  it("keep the errors' places", async () => {
    const query = `{\n  statusReason(accountId: "${account}", id: "x") { id }\n}`;
    const { errors } = JSON.parse((await gateway.query(query)).text) as { errors: unknown[] };
    expect(errors).toMatchObject([{ locations: [{ line: 2, column: 3 }], path: ["statusReason"] }]);
    const typed = await gateway.query("query ($id: ID!)\n{ agent(accountId: 1, id: $id) { id } }", {});
    expect(JSON.parse(typed.text)).toMatchObject({ errors: [{ locations: [{ line: 1, column: 8 }] }] });
  });
});

describe("a persisted-query extension", () => {
  const gateway = useTestGateway();
  const query = `{ statusReason(accountId: "${account}", id: "${emulatorReasonIds.lunch}") { id } }`;
  const hash = createHash("sha256").update(query).digest("hex");

  it.each([
    ["of another version", { version: 2, sha256Hash: hash }],
    ["without a version", { sha256Hash: hash }],
    ["of a version in words", { version: "1", sha256Hash: hash }],
    ["without a hash", { version: 1 }],
    ["with a hash that is none", { version: 1, sha256Hash: "abc" }],
    ["with a hash in capitals", { version: 1, sha256Hash: hash.toUpperCase() }],
    ["with a hash that is a number", { version: 1, sha256Hash: 1 }],
    ["with a hash that is an object", { version: 1, sha256Hash: {} }],
    ["with another document's hash", { version: 1, sha256Hash: "0".repeat(64) }],
    ["that is a list", [1]],
    ["that is true", true],
    ["that is a text", "x"],
    ["that is a number", 1],
  ])("%s is BAD_REQUEST", async (_name, persistedQuery) => {
    const extensions = { persistedQuery };
    const answer = await post(gateway.url, JSON.stringify({ query, extensions }));
    expect(answer.status).toBe(400);
    expect(errorOf(answer).extensions).toMatchObject({ code: "BAD_REQUEST", retryable: false });
    const search = new URLSearchParams({ query, extensions: JSON.stringify(extensions) });
    const got = await fetch(`${gateway.url}?${search.toString()}`, {
      headers: { "apollo-require-preflight": "1" },
    });
    expect(got.status).toBe(400);
    expect(await got.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
    expect(gateway.log.lines().filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });
});
