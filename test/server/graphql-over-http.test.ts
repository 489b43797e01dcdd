import { useTestGateway } from "../support/gateway.js";
import { audit, declined } from "../support/graphql-over-http.js";

describe("GraphQL over HTTP", () => {
  const gateway = useTestGateway();

  it("passes every check of the audit but those that CSRF prevention stands against", async () => {
    expect(await audit(gateway.url)).toEqual({ total: 61, notOk: declined, failures: [] });
  });

  it.each([
    ["application/json", 200],
    ["application/graphql-response+json", 400],
    ["application/graphql-response+json, application/json;q=0.9", 400],
    ["*/*", 400],
  ])("answers a query that does not parse, accepting %s, with %d", async (accept, status) => {
    const headers = { "content-type": "application/json", accept };
    const response = await fetch(gateway.url, { method: "POST", headers, body: '{"query":"{"}' });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      errors: [
        { extensions: { code: "GRAPHQL_PARSE_FAILED", requestId: response.headers.get("x-request-id") } },
      ],
    });
  });
});
