import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { errorOf, startTestGateway, useTestGateway } from "../support/gateway.js";

const json = { "content-type": "application/json" };
const query = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;

describe("HTTP", () => {
  const gateway = useTestGateway();

  const authorized = { authorization: `Bearer ${emulatorTokens.admin}` };

  it("answers a GET of a query", async () => {
    const headers = { ...authorized, "apollo-require-preflight": "1" };
    const response = await fetch(`${gateway.url}?query=${encodeURIComponent(query)}`, { headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      data: { statusReasons: { totalCount: expect.any(Number) as number } },
    });
  });

  it("takes a long in the variables of a GET for the digits it is", async () => {
    const text = "query ($a: ID!, $id: ID!) { statusReason(accountId: $a, id: $id) { id } }";
    const search = new URLSearchParams({
      query: text,
      variables: `{"a":"${emulatorAccountId}","id":9007199254740993}`,
    });
    const headers = { ...authorized, "apollo-require-preflight": "1" };
    const response = await fetch(`${gateway.url}?${search.toString()}`, { headers });
    expect(await response.json()).toEqual({ data: { statusReason: { id: "9007199254740993" } } });
  });

  it("refuses a mutation by GET", async () => {
    const mutation = `mutation { deleteStatusReason(accountId: "${emulatorAccountId}", id: "1") { revision } }`;
    const headers = { ...authorized, "apollo-require-preflight": "1" };
    const response = await fetch(`${gateway.url}?query=${encodeURIComponent(mutation)}`, { headers });
    expect(response.status).toBe(405);
    expect(gateway.emulator.journal.count({ method: "DELETE" })).toBe(0);
  });

  const refusals: readonly [name: string, path: string, init: RequestInit, status: number, code: string][] = [
    ["malformed JSON", "/graphql", { method: "POST", headers: json, body: "{" }, 400, "BAD_REQUEST"],
    ["an empty body", "/graphql", { method: "POST", headers: json, body: "" }, 400, "BAD_REQUEST"],
    ["no operation", "/graphql", { method: "POST", headers: json, body: "{}" }, 400, "BAD_REQUEST"],
    [
      "a batch",
      "/graphql",
      { method: "POST", headers: json, body: '[{"query":"{__typename}"}]' },
      400,
      "BAD_REQUEST",
    ],
    [
      "a wrong content type",
      "/graphql",
      { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" },
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ],
    [
      "a body over 1 MB",
      "/graphql",
      { method: "POST", headers: json, body: JSON.stringify({ query: "x".repeat(1024 * 1024) }) },
      413,
      "PAYLOAD_TOO_LARGE",
    ],
    ["an unknown path", "/nothing", {}, 404, "NOT_FOUND"],
    ["a wrong method", "/graphql", { method: "PUT", headers: json, body: "{}" }, 405, "METHOD_NOT_ALLOWED"],
    ["a wrong method", "/livez", { method: "POST", headers: json, body: "{}" }, 405, "METHOD_NOT_ALLOWED"],
    ["a GET that a foreign page could send", "/graphql?query={__typename}", {}, 400, "BAD_REQUEST"],
    ["a query that does not parse", "/graphql", post("{"), 400, "GRAPHQL_PARSE_FAILED"],
    ["a field that is not there", "/graphql", post("{ nothing }"), 400, "GRAPHQL_VALIDATION_FAILED"],
    [
      "a variable of the wrong type",
      "/graphql",
      post("query($a:ID!){statusReasons(accountId:$a){totalCount}}"),
      400,
      "BAD_USER_INPUT",
    ],
  ];

  it.each(refusals)("refuses %s at %s with JSON", async (_name, path, init, status, code) => {
    const response = await fetch(gateway.origin + path, init);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch(/json/);
    expect(JSON.parse(text)).toEqual({
      errors: [
        expect.objectContaining({
          message: expect.any(String) as string,
          extensions: { code, retryable: false, requestId: response.headers.get("x-request-id") },
        }),
      ],
    });
    expect(text).not.toMatch(/node_modules|\.js:|\bat /);
    if (status === 405) expect(response.headers.get("allow")).toMatch(/^GET/);
  });

  it.each(["/livez", "/readyz"])("%s answers", async (path) => {
    const response = await fetch(gateway.origin + path);
    expect(response.status).toBe(200);
  });

  it("makes a request id where the caller sends none that can be passed on", async () => {
    for (const given of ["", "a b", "x".repeat(129)]) {
      const response = await fetch(`${gateway.origin}/livez`, { headers: { "x-request-id": given } });
      expect(response.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
    }
  });

  it("shows Sandbox to a browser", async () => {
    const response = await fetch(gateway.url, { headers: { accept: "text/html" } });
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await response.text()).toContain("sandbox");
  });

  it("lets pages of any origin call, with an Authorization header", async () => {
    const response = await fetch(gateway.url, {
      method: "OPTIONS",
      headers: {
        origin: "https://studio.apollographql.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-headers")).toBe("authorization,content-type");
  });

  function post(text: string): RequestInit {
    return { method: "POST", headers: json, body: JSON.stringify({ query: text }) };
  }
});

describe("HTTP in production", () => {
  const gateway = useTestGateway({ NODE_ENV: "production", CORS_ORIGINS: "https://desk.example" });

  it("has no introspection and suggests no fields, and shows no SDL", async () => {
    const introspection = await gateway.query("{ __schema { queryType { name } } }");
    expect(errorOf(introspection).message).toBe(
      "Introspection is disabled: the schema is the package's schema/schema.graphql.",
    );
    const typo = await gateway.query("{ statusReazons { totalCount } }");
    expect(typo.text).not.toContain("statusReasons");
    const sdl = await gateway.query("{ _service { sdl } }");
    expect(sdl.status).toBe(400);
    expect(sdl.errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
    const open = await startTestGateway({ NODE_ENV: "production", SUBGRAPH_SDL: "true" });
    expect((await open.query("{ _service { sdl } }", {}, { token: null })).errors).toEqual([]);
    await open.stop();
  });

  it("has no landing page", async () => {
    const response = await fetch(gateway.url, { headers: { accept: "text/html" } });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toMatch(/json/);
  });

  it.each([
    ["https://desk.example", "https://desk.example"],
    ["https://evil.example", null],
    ["https://desk.example.evil.example", null],
  ])("lets %s in as %p", async (origin, allowed) => {
    const response = await fetch(`${gateway.origin}/livez`, { headers: { origin } });
    expect(response.headers.get("access-control-allow-origin")).toBe(allowed);
  });
});
