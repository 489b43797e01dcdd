import { Parser } from "graphql/language/parser.js";

import { ConfigError, readConfig } from "../../src/config/index.js";
import { emulatorAccountId as accountId } from "../../src/emulator/index.js";
import { sha256Of } from "../../src/lib/index.js";
import { dataOf, errorOf, figureOf, post, startTestGateway, useTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { apolloManifest, useManifests } from "../support/manifest.js";
import { persisted } from "../support/persisted.js";

const listText = "query List($accountId: ID!) { statusReasons(accountId: $accountId) { totalCount } }";
const addText = `mutation Add { createStatusReason(accountId: "${accountId}", input: { text: "New" }) { statusReason { id } } }`;
const otherText = "query Other($accountId: ID!) { statusReasons(accountId: $accountId) { revision } }";
const variables = { accountId };

const manifestOf = useManifests();

const codegenFile = manifestOf({ "x-app:list": listText, aa11: addText });
const apolloFile = manifestOf(apolloManifest([listText, addText]));

const send = (gateway: TestGateway, body: object) =>
  post<Record<string, unknown>>(gateway.url, JSON.stringify({ variables, ...body }));

const get = async (gateway: TestGateway, search: Readonly<Record<string, string>>) => {
  const text = new URLSearchParams({ variables: JSON.stringify(variables), ...search }).toString();
  const headers = { "apollo-require-preflight": "1", authorization: "Bearer emulator-admin-token" };
  const response = await fetch(`${gateway.url}?${text}`, { headers });
  return { status: response.status, ...((await response.json()) as { data?: unknown; errors?: unknown }) };
};

describe("a manifest that cannot be used", () => {
  it.each<[what: string, content: unknown, problem: RegExp]>([
    ["is no JSON", "{", /: is not valid JSON$/],
    ["is a list", [], /: must be a JSON object/],
    ["is empty", {}, /: has no documents$/],
    ["has a text that is none", { a: 1 }, /: a: /],
    ["has an empty id", apolloManifest([listText], () => ""), /: operations\.0\.id: must not be empty/],
    ["is of another format", { format: "relay" }, /: format: must be "apollo-persisted-query-manifest"/],
    ["is of another version", { ...apolloManifest([listText]), version: 2 }, /: version: must be 1$/],
    ["lacks a body", { ...apolloManifest([]), operations: [{ id: "a" }] }, /: operations\.0\.body: /],
    [
      "has two documents of one id",
      apolloManifest([listText, otherText], () => "one"),
      /: the id one has two/,
    ],
    ["has a document that does not parse", { a: "query Bad {" }, /: Bad \(a\): Syntax Error/],
    ["has a document that is not valid", { a: "query Bad { no }" }, /: Bad \(a\): Cannot query field "no"/],
    ["has a document without an operation", { a: "fragment F on Agent { id }" }, /\(a\): /],
    [
      "has a document over a limit",
      { a: `{ a: __typename } ${"#".repeat(70_000)}` },
      /\(a\): The document has 7/,
    ],
    ["is too large", { a: " ".repeat(17_000_000) }, /: has 17000008 bytes; 16777216 are the most/],
  ])("stops the start where it %s", async (_what, content, problem) => {
    const file = manifestOf(content);
    const { problems } = await failureOf({ TRUSTED_DOCUMENTS: file });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(`TRUSTED_DOCUMENTS: ${file}: `)).toBe(true);
    expect(problems[0]).toMatch(problem);
  });

  it("stops the start where it is not there, or is a folder", async () => {
    expect((await failureOf({ TRUSTED_DOCUMENTS: "/nowhere.json" })).problems).toEqual([
      "TRUSTED_DOCUMENTS: /nowhere.json: cannot be read (ENOENT)",
    ]);
    expect((await failureOf({ TRUSTED_DOCUMENTS: "/" })).problems).toEqual([
      "TRUSTED_DOCUMENTS: /: cannot be read (EISDIR)",
    ]);
  });

  it("names twenty documents that are not valid, and how many there are besides", async () => {
    const texts = Array.from({ length: 25 }, (_, index) => `query Bad${String(index)} { no }`);
    const { problems } = await failureOf({ TRUSTED_DOCUMENTS: manifestOf(apolloManifest(texts)) });
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toMatch(/5 more documents are not valid$/);
  });

  it("is needed for the mode `only`", () => {
    expect(() => readConfig({ TRUSTED_DOCUMENTS_MODE: "only" })).toThrow(
      "TRUSTED_DOCUMENTS: must be set when TRUSTED_DOCUMENTS_MODE=only",
    );
  });
});

/** What a gateway fails to start for. */
async function failureOf(env: Record<string, string>): Promise<ConfigError> {
  const failure: unknown = await startTestGateway(env).then(
    (gateway) => gateway.stop(),
    (error: unknown) => error,
  );
  if (failure instanceof ConfigError) return failure;
  throw new Error("started");
}

describe.each([
  ["Apollo's format", apolloFile, sha256Of(listText)],
  ["Codegen's format", codegenFile, "x-app:list"],
])("documents in %s", (_format, file, id) => {
  const gateway = useTestGateway({ TRUSTED_DOCUMENTS: file });

  it.each<[what: string, body: object]>([
    ["documentId", { documentId: id }],
    ["documentId beside an empty text", { documentId: id, query: "" }],
    ["documentId with its SHA-256", { documentId: `sha256:${sha256Of(listText)}` }],
    ["persistedQuery", { extensions: { persistedQuery: { version: 1, sha256Hash: id } } }],
    ["persistedQuery with its SHA-256", { extensions: persisted(listText) }],
    ["its text", { query: listText }],
    ["another text", { query: listText.replace("List", "Else") }],
  ])("are executed by %s", async (_what, body) => {
    const response = await send(gateway, body);
    expect(dataOf(response)).toEqual({ statusReasons: { totalCount: 12 } });
  });

  it("are executed by GET, unless they are mutations", async () => {
    const listed = { status: 200, data: { statusReasons: { totalCount: 12 } } };
    expect(await get(gateway, { documentId: id })).toEqual(listed);
    const extensions = JSON.stringify(persisted(listText));
    expect(await get(gateway, { extensions })).toEqual(listed);
    expect(await get(gateway, { documentId: `sha256:${sha256Of(addText)}` })).toMatchObject({ status: 405 });
  });

  it("are logged as their texts are", async () => {
    await send(gateway, { query: listText });
    await send(gateway, { documentId: id });
    const [text, byId] = gateway.log.lines().slice(-2);
    expect(byId).toMatchObject({ operation: "List", hash: text?.["hash"], outcome: "ok" });
  });
});

describe("a document's id", () => {
  const gateway = useTestGateway();
  const hash = sha256Of(listText);

  it.each<[what: string, body: object]>([
    ["is a number", { documentId: 1 }],
    ["is empty", { documentId: "" }],
    ["is too long", { documentId: "a".repeat(257) }],
    ["has a prefix that is reserved", { documentId: "md5:aa" }],
    ["has a hash that is too short", { documentId: "sha256:aa" }],
    ["has spaces", { documentId: "a b" }],
    ["is there twice", { documentId: `sha256:${hash}`, extensions: persisted(listText) }],
    ["is no hash beside a text", { documentId: "a", query: listText }],
    ["is another text's hash", { documentId: `sha256:${hash}`, query: otherText }],
  ])("is BAD_REQUEST where it %s", async (_what, body) => {
    const response = await send(gateway, body);
    expect(response.status).toBe(400);
    expect(errorOf(response).extensions).toMatchObject({ code: "BAD_REQUEST" });
  });

  it("is BAD_REQUEST where a GET has two", async () => {
    const response = await fetch(`${gateway.url}?query={__typename}&documentId=a&documentId=b`, {
      headers: { "apollo-require-preflight": "1" },
    });
    expect(response.status).toBe(400);
  });

  it.each(["a", "x-app:list", `sha256:${hash}`])("%s is not found before it is known", async (documentId) => {
    const response = await send(gateway, { documentId });
    expect(errorOf(response).extensions).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND" });
    expect(await get(gateway, { documentId })).toMatchObject({
      errors: [{ message: "PersistedQueryNotFound" }],
    });
  });

  it("registers a text, as the extension does", async () => {
    dataOf(await send(gateway, { documentId: `sha256:${hash}`, query: listText }));
    dataOf(await send(gateway, { documentId: `sha256:${hash}` }));
    dataOf(await send(gateway, { documentId: hash }));
    dataOf(await send(gateway, { extensions: persisted(listText) }));
  });
});

describe("TRUSTED_DOCUMENTS_MODE=only", () => {
  const env = { TRUSTED_DOCUMENTS: apolloFile, TRUSTED_DOCUMENTS_MODE: "only" };
  const gateway = useTestGateway(env);
  const refusal = { code: "DOCUMENT_NOT_TRUSTED", retryable: false };
  const refusals = () =>
    figureOf(gateway.origin, 'status_reason_gateway_operation_errors_total{code="DOCUMENT_NOT_TRUSTED"}');

  it.each<[what: string, body: object]>([
    ["another document", { query: otherText }],
    ["one with another space", { query: `${listText} ` }],
    ["what does not parse", { query: "{" }],
    ["one to be registered", { query: otherText, extensions: persisted(otherText) }],
    ["introspection", { query: "{ __schema { types { name } } }" }],
    ["the query of a router", { query: "{ _service { sdl } }" }],
  ])("refuses %s before it is parsed, and logs and counts it", async (_what, body) => {
    const before = await refusals();
    const parse = jest.spyOn(Parser.prototype, "parseDocument");
    const response = await send(gateway, body);
    expect(parse).not.toHaveBeenCalled();
    expect(response.status).toBe(400);
    expect(errorOf(response).extensions).toMatchObject(refusal);
    const { requestId } = errorOf(response).extensions;
    const lines = gateway.log.lines().filter((line) => line["requestId"] === requestId);
    expect(lines).toMatchObject([{ outcome: "refused", errorCodes: ["DOCUMENT_NOT_TRUSTED"], level: 30 }]);
    expect(await refusals()).toBe(before + 1);
  });

  it("refuses others by GET", async () => {
    expect(await get(gateway, { query: otherText })).toMatchObject({
      status: 400,
      errors: [{ extensions: refusal }],
    });
  });

  it("executes trusted ones by id and by text, also where a client registers them", async () => {
    dataOf(await send(gateway, { documentId: sha256Of(listText) }));
    dataOf(await send(gateway, { query: listText }));
    dataOf(await send(gateway, { query: listText, extensions: persisted(listText) }));
    dataOf(await send(gateway, { extensions: persisted(listText) }));
  });

  it("does not find others by a hash", async () => {
    const response = await send(gateway, { extensions: persisted(otherText) });
    expect(errorOf(response).extensions).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND" });
  });

  it("lets routers read the schema where TRUSTED_DOCUMENTS_SDL is true", async () => {
    const open = await startTestGateway({ ...env, TRUSTED_DOCUMENTS_SDL: "true" });
    const parse = jest.spyOn(Parser.prototype, "parseDocument");
    for (const query of [
      "{ _service { sdl } }",
      "query SubgraphIntrospectQuery {\n  _service {\n    sdl\n  }\n}",
      "query __ApolloServiceHealthCheck__ { __typename }",
    ]) {
      dataOf(await send(open, { query }));
    }
    expect(parse).toHaveBeenCalled();
    for (const query of ["{ _service { sdl } a: __typename }", `{ __typename }${" ".repeat(200)}`]) {
      expect(errorOf(await send(open, { query })).extensions).toMatchObject(refusal);
    }
    await open.stop();
  });
});
