import { errorOf, post, startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { persisted } from "../support/persisted.js";

/** The default of QUERY_MAX_SOURCE. */
const maxSource = 65_536;

/** A document of exactly `length` characters. */
function documentOf(length: number): string {
  return "{__typename}".padEnd(length, "#");
}

describe("a document's length", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  const refused = {
    message: `The document has ${maxSource + 1} characters; it may have ${maxSource} at most.`,
    extensions: {
      code: "GRAPHQL_VALIDATION_FAILED",
      retryable: false,
      requestId: expect.any(String) as string,
    },
  };

  it("is limited, also where the document is one to be persisted", async () => {
    const over = documentOf(maxSource + 1);
    for (const extensions of [{}, persisted(over)]) {
      const answer = await post(gateway.url, JSON.stringify({ query: over, extensions }));
      expect(answer.status).toBe(400);
      expect(errorOf(answer)).toEqual(refused);
    }
    const found = await post(gateway.url, JSON.stringify({ extensions: persisted(over) }));
    expect(errorOf(found).extensions["code"]).toBe("PERSISTED_QUERY_NOT_FOUND");
    expect((await gateway.query(documentOf(maxSource))).data).toEqual({ __typename: "Query" });
  });

  it("is limited as configured, in a GET too", async () => {
    const strict = await startTestGateway({ QUERY_MAX_SOURCE: "20" });
    const get = (query: string) =>
      fetch(`${strict.url}?query=${encodeURIComponent(query)}`, {
        headers: { "apollo-require-preflight": "1" },
      });
    expect((await get(documentOf(20))).status).toBe(200);
    expect((await get(documentOf(21))).status).toBe(400);
    await strict.stop();
  });

  it("does not hide errors' places", async () => {
    const { errors } = JSON.parse((await gateway.query("{\n  nothing\n}")).text) as { errors: unknown[] };
    expect(errors).toMatchObject([{ locations: [{ line: 2, column: 3 }] }]);
  });
});

describe("the guard against nesting", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  const open = 2000;

  it.each([
    ["a comment", "{a#}\n"],
    ["a comment that a carriage return ends", "{a#}\r"],
    ["a string", '{a(b:"}}") '],
    ["a string with an escaped quote", String.raw`{a(b:"\"}}") `],
    ["a string with an escaped backslash", String.raw`{a(b:"}}\\") `],
    ["an empty string", '{a(b:"",c:"}}") '],
    ["a block string", '{a(b:"""}}\n"}""") '],
    ["an empty block string", '{a(b:"""""",c:"}}") '],
    ["a block string with escaped quotes", String.raw`{a(b:"""\"""}}""") `],
  ])("is not passed by brackets in %s", async (_name, level) => {
    const refused = await gateway.query(`${level.repeat(open)}${"}".repeat(open)}`);
    expect(refused.status).toBe(400);
    expect(errorOf(refused).message).toMatch(/nested too deep/);
  });

  it("does not count brackets in comments and strings", async () => {
    const brackets = "{".repeat(600);
    const query = `{ __typename # ${brackets}\n agent(accountId: "${brackets}", id: """${brackets}""") { id } }`;
    expect((await gateway.query(query)).text).not.toContain("nested too deep");
  });

  it("refuses more comments than tokens are allowed", async () => {
    const refused = await gateway.query(`{__typename}${"#\n".repeat(30_001)}`);
    expect(errorOf(refused).message).toMatch(/has 30001 comments; it may have 30000 tokens at most/);
  });
});
