import { useTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";

const sandbox = "https://studio.apollographql.com";

function preflight(gateway: TestGateway, origin: string): Promise<Response> {
  return fetch(gateway.url, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
}

describe("pages of the configured origins", () => {
  const gateway = useTestGateway({ CORS_ORIGINS: `${sandbox}, https://desk.example` });

  it.each([sandbox, "https://desk.example"])("may call: %s", async (origin) => {
    const { status, headers } = await preflight(gateway, origin);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-allow-methods")).toBe("GET, POST");
    expect(headers.get("access-control-allow-headers")).toBe("authorization,content-type");
    expect(headers.get("access-control-max-age")).toBe("600");
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("vary")).toMatch(/\bOrigin\b/);
  });

  it.each(["https://evil.example", "https://desk.example.evil.example", "http://desk.example", "null"])(
    "are the only ones that may: not %s",
    async (origin) => {
      for (const response of [
        await preflight(gateway, origin),
        await fetch(gateway.url, { headers: { origin } }),
      ]) {
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
        expect(response.headers.get("vary")).toMatch(/\bOrigin\b/);
      }
    },
  );

  it("can read the headers that help them", async () => {
    const response = await fetch(gateway.url, { headers: { origin: sandbox } });
    expect(response.headers.get("access-control-expose-headers")).toBe("x-request-id, retry-after");
  });
});

describe("the security headers", () => {
  const gateway = useTestGateway();

  it.each(["/graphql", "/livez", "/metrics", "/nothing"])("are on %s", async (path) => {
    const { headers } = await fetch(gateway.origin + path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it("let the landing page load Sandbox", async () => {
    const response = await fetch(gateway.url, { headers: { accept: "text/html" } });
    expect(response.headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
    expect(await response.text()).toContain("embeddable-sandbox.cdn.apollographql.com");
  });
});
