import { createHash } from "node:crypto";

import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { explorerPreset } from "../../src/server/explorer/explorer-preset.js";
import { dataOf, useTestGateway } from "../support/gateway.js";
import { nextOf, sseClient } from "../support/subscribers.js";
import type { Events } from "../support/subscribers.js";

const html = { accept: "text/html" };
const paths = [
  "",
  "/explorer.js",
  "/explorer.css",
  "/graphiql.js",
  "/graphql-sse.js",
  "/graphiql.css",
  "/react.js",
  "/react-dom.js",
];

describe("exploring", () => {
  const gateway = useTestGateway();

  it("starts Sandbox with a first query and a first subscription, and says what belongs into the header field", async () => {
    const page = await (await fetch(gateway.url, { headers: html })).text();
    expect(page).toContain("query FirstQuery($accountId: ID!)");
    expect(page).toContain("subscription FirstSubscription($accountId: ID!)");
    expect(page).toContain('"Authorization":"Bearer your-token"');
    expect(page).not.toContain(emulatorTokens.admin);
  });

  it("says at / what this is, and links to what there is", async () => {
    const response = await fetch(gateway.origin);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain("<h1>status-reason-gateway</h1>");
    const links = [...page.matchAll(/href="(\/[^"]*)"/g)].map(([, path = ""]) => path);
    expect(links).toEqual(["/graphql", "/graphiql", "/readyz", "/livez", "/metrics"]);
    for (const path of links)
      expect((await fetch(gateway.origin + path, { headers: html })).status).toBe(200);
    const [, style = ""] = /<style>([^]*)<\/style>/.exec(page) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(response.headers.get("content-security-policy")).toContain(`style-src 'sha256-${hash}'`);
  });

  it("gives Sandbox's page its own name", async () => {
    const page = await (await fetch(gateway.url, { headers: html })).text();
    expect(page).toContain("<title>status-reason-gateway</title>");
    expect(page).toContain("<h1>status-reason-gateway</h1>");
    expect(page).not.toContain("Welcome to Apollo Server");
  });

  it("shows the way to GraphiQL where Sandbox cannot be loaded", async () => {
    const page = await (await fetch(gateway.url, { headers: html })).text();
    expect(page).toMatch(/Sandbox cannot be loaded[^]*<a href="\/graphiql">/);
  });

  it("has a first query and a first subscription that work", async () => {
    const { query, subscription, variables, headers } = explorerPreset({
      accountId: emulatorAccountId,
      token: emulatorTokens.admin,
    });
    expect(headers).toEqual({ Authorization: `Bearer ${emulatorTokens.admin}` });
    dataOf(await gateway.query(query, variables));
    const client = sseClient(gateway.url);
    const events = client.iterate({ query: subscription, variables: { ...variables } }) as Events;
    expect((await nextOf(events)).data).toMatchObject({
      agentsChanged: { totalCount: expect.any(Number) as number, leftIds: [] },
    });
    client.dispose();
  });

  it.each(paths)("serves GraphiQL's %p itself, under a policy that lets nothing else in", async (path) => {
    const response = await fetch(`${gateway.origin}/graphiql${path}`);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(40);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it("refuses to be posted to", async () => {
    const response = await fetch(`${gateway.origin}/graphiql`, { method: "POST" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });

  it.each(["https://studio.apollographql.com", "https://sandbox.apollo.dev"])(
    "lets Sandbox at %s in",
    async (origin) => {
      const preflight = await fetch(gateway.url, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type,apollographql-client-name",
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
      expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
      const answer = await gateway.query("{ __typename }", {}, { headers: { origin } });
      for (const { headers } of [preflight, answer]) {
        expect(["*", origin]).toContain(headers.get("access-control-allow-origin"));
      }
    },
  );
});

describe("exploring in production", () => {
  const gateway = useTestGateway({ NODE_ENV: "production" });

  it("links from / to health and metrics only", async () => {
    const page = await (await fetch(gateway.origin)).text();
    const links = [...page.matchAll(/<a href="([^"]*)"/g)].map(([, path]) => path);
    expect(links).toEqual(["/readyz", "/livez", "/metrics"]);
  });

  it.each(paths)("has no GraphiQL: %p", async (path) => {
    expect((await fetch(`${gateway.origin}/graphiql${path}`)).status).toBe(404);
  });
});
