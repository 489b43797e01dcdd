import { auditServer } from "graphql-http";

import { useTestGateway } from "../support/gateway.js";

/** What the audit would also like, and CSRF prevention forbids; `docs/federation.md` says so too. */
const declined = [
  "5A70 MAY accept application/x-www-form-urlencoded formatted GET requests",
  "D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json",
  "6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json",
];

describe("GraphQL over HTTP", () => {
  const gateway = useTestGateway();

  it("passes every check of the audit but those that CSRF prevention stands against", async () => {
    const results = await auditServer({ url: gateway.url, fetchFn: fetch });
    expect(results).toHaveLength(61);
    const failed = results.filter(({ status }) => status !== "ok");
    expect(failed.map(({ id, name }) => `${id} ${name}`)).toEqual(declined);
    expect(failed.every(({ status }) => status === "notice")).toBe(true);
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
