import { getIntrospectionQuery } from "graphql";

import { emulatorAccountId, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import { dataOf, errorOf, post, startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";

const account = emulatorAccountId;
const reason = `statusReason(accountId: "${account}", id: "${emulatorReasonIds.lunch}")`;

describe("the limits", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({
      QUERY_MAX_DEPTH: "3",
      QUERY_MAX_ALIASES: "4",
      QUERY_MAX_ROOT_FIELDS: "3",
      QUERY_MAX_DIRECTIVES: "2",
      QUERY_MAX_TOKENS: "60",
      QUERY_MAX_COST: "2000",
      MAX_BODY_BYTES: "4000",
    });
  });
  beforeEach(() => {
    gateway.emulator.journal.clear();
  });
  afterAll(() => gateway.stop());

  const tripping: readonly [limit: string, under: string, over: string][] = [
    [
      "number of aliases is 5; it may be 4 at most",
      `{ ${reason} { a: id b: id c: id d: id } }`,
      `{ ${reason} { a: id b: id c: id d: id e: id } }`,
    ],
    [
      "number of root fields is 4; it may be 3 at most",
      `{ a: ${reason} { id } b: ${reason} { id } c: ${reason} { id } }`,
      `{ a: ${reason} { id } b: ${reason} { id } c: ${reason} { id } _service { sdl } }`,
    ],
    [
      "number of directives is 3; it may be 2 at most",
      `{ ${reason} { id @skip(if: false) text @skip(if: false) } }`,
      `{ ${reason} { id @skip(if: false) text @skip(if: false) state @skip(if: false) } }`,
    ],
    [
      "estimated cost is 2600; it may be 2000 at most",
      `{ statusReasons(accountId: "${account}") { nodes { id } } }`,
      `{ a: statusReasons(accountId: "${account}") { nodes { id } } b: statusReasons(accountId: "${account}") { nodes { id } } }`,
    ],
  ];

  it.each(tripping)("refuse what is over: %s", async (limit, under, over) => {
    dataOf(await gateway.query(under));
    gateway.emulator.journal.clear();
    const refused = await gateway.query(over);
    expect(refused.status).toBe(400);
    expect(errorOf(refused)).toEqual({
      message: `The operation's ${limit}.`,
      extensions: {
        code: "GRAPHQL_VALIDATION_FAILED",
        retryable: false,
        requestId: expect.any(String) as string,
      },
    });
    expect(gateway.emulator.journal.count()).toBe(0);
  });

  it("refuse what is nested deeper", async () => {
    dataOf(await gateway.query(`{ statusReasons(accountId: "${account}") { nodes { id } } }`));
    const shallow = await startTestGateway({ QUERY_MAX_DEPTH: "2" });
    const refused = await shallow.query(`{ statusReasons(accountId: "${account}") { nodes { id } } }`);
    expect(refused.status).toBe(400);
    expect(errorOf(refused).message).toBe("The operation's depth is 3; it may be 2 at most.");
    await shallow.stop();
  });

  it("refuse a document of more tokens", async () => {
    const repeated = (times: number) => `{ ${reason} { ${"id ".repeat(times)}} }`;
    dataOf(await gateway.query(repeated(60 - 13)));
    const refused = await gateway.query(repeated(60 - 12));
    expect(refused.status).toBe(400);
    expect(errorOf(refused)).toMatchObject({
      message: expect.stringContaining("60 tokens") as string,
      extensions: { code: "GRAPHQL_PARSE_FAILED" },
    });
  });

  it("refuse a larger body", async () => {
    const body = (bytes: number) => {
      const head = '{"query":"{__typename}","extensions":{"pad":"';
      return `${head}${"x".repeat(bytes - head.length - 3)}"}}`;
    };
    expect((await post(gateway.url, body(4000))).status).toBe(200);
    expect((await post(gateway.url, body(4001))).status).toBe(413);
  });

  it("hold for the second time a document comes, with other variables", async () => {
    const query = `mutation ($a: ID!, $i: CreateStatusReasonsInput!) { createStatusReasons(accountId: $a, input: $i) { revision } }`;
    const items = (count: number) => ({
      a: account,
      i: { items: Array.from({ length: count }, (_, index) => ({ text: `Reason ${index}` })) },
    });
    dataOf(await gateway.query(query, items(2)));
    // 1000 for the write, and for each record ten, its share of the answer, and ten for the input object.
    expect(errorOf(await gateway.query(query, items(100))).message).toMatch(/estimated cost is 3100;/);
  });

  it("let Sandbox ask for the schema", async () => {
    const open = await startTestGateway();
    dataOf(await open.query(getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true })));
    await open.stop();
  });
});

describe("documents that would exhaust the stack", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  const chain = (length: number) =>
    Array.from({ length }, (_, index) => `fragment f${index} on Query { ...f${index + 1} }`).join(" ");

  it.each([
    ["brackets", `{ ${"a {".repeat(600)} a ${"}".repeat(600)} }`, /nested too deep/],
    ["lists", `{ a(b: ${"[".repeat(3000)}${"]".repeat(3000)}) }`, /nested too deep/],
    ["fragments", `{ ...f0 } ${chain(1000)} fragment f1000 on Query { __typename }`, /1001 fragments/],
  ])("are refused: %s", async (_name, query, message) => {
    const refused = await gateway.query(query);
    expect(refused.status).toBe(400);
    expect(errorOf(refused).extensions).toMatchObject({
      code: "GRAPHQL_VALIDATION_FAILED",
      retryable: false,
    });
    expect(errorOf(refused).message).toMatch(message);
  });

  it("are fine at the limit", async () => {
    dataOf(await gateway.query(`{ ...f0 } ${chain(499)} fragment f499 on Query { __typename }`));
    dataOf(await gateway.query(`{ ${"... {".repeat(499)} __typename ${"}".repeat(499)} }`));
  });
});

describe("the defaults", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it("leave a thousand aliases of one field alone", async () => {
    const fields = Array.from(
      { length: 1000 },
      (_, index) => `a${index}: statusReason(accountId: $account, id: $id) { ...r }`,
    );
    const query = `query ($account: ID!, $id: ID!) { ${fields.join(" ")} }
      fragment r on StatusReason { accountId id text state enabled deleted }`;
    const answer = await gateway.query(query, { account, id: emulatorReasonIds.lunch });
    expect(Object.keys(dataOf(answer))).toHaveLength(1000);
    expect(gateway.emulator.journal.count()).toBe(1);
  });

  it("refuse an alias flood of agents before any upstream call", async () => {
    gateway.emulator.journal.clear();
    const ids = Array.from({ length: 5000 }, (_, index) => String(index + 1));
    const flood = (aliases: number) =>
      `query ($ids: [ID!]!) { ${Array.from({ length: aliases }, (_, index) => `a${index}: agents(accountId: "${account}", ids: $ids) { id }`).join(" ")} }`;
    const refused = await gateway.query(flood(100), { ids });
    expect(refused.status).toBe(400);
    expect(errorOf(refused).message).toBe(
      "The operation's estimated cost is 6000000; it may be 400000 at most.",
    );
    expect(gateway.emulator.journal.count()).toBe(0);
    dataOf(await gateway.query(flood(2), { ids }));
  });

  it("leave a router's five hundred representations alone", async () => {
    const representations = Array.from({ length: 500 }, (_, index) => ({
      __typename: "StatusReason",
      accountId: account,
      id: String(index + 1),
    }));
    const query =
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on StatusReason { id text state } } }";
    const answer = await gateway.query(query, { r: representations });
    expect(answer.text).not.toContain("GRAPHQL_VALIDATION_FAILED");
  });
});
