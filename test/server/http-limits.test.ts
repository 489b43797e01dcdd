import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf, errorOf, post, startTestGateway } from "../support/gateway.js";
import { sendRaw } from "../support/raw-http.js";

const count = JSON.stringify({
  query: `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`,
});

describe("too many requests at one time", () => {
  it("are turned away until there is room, and never a health check", async () => {
    const gateway = await startTestGateway({ MAX_REQUESTS_IN_FLIGHT: "2" });
    gateway.emulator.faults.add({ latencyMs: 60_000 });
    const first = post(gateway.url, count);
    const second = post(gateway.url, count, { token: emulatorTokens.readOnly });
    await gateway.emulator.journal.whenReceived({}, 2);

    const refused = await post(gateway.url, count);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(errorOf(refused).extensions).toEqual({
      code: "OVERLOADED",
      retryable: true,
      retryAfter: 1,
      requestId: refused.headers.get("x-request-id"),
    });
    for (const path of ["/livez", "/readyz", "/metrics"]) {
      expect((await fetch(gateway.origin + path)).status).toBe(200);
    }
    const metrics = await (await fetch(`${gateway.origin}/metrics`)).text();
    expect(metrics).toContain("status_reason_gateway_requests_in_flight 2");
    expect(metrics).toContain('status_reason_gateway_requests_turned_away_total{limit="in_flight"} 1');

    gateway.emulator.faults.clear();
    await Promise.all([first, second]);
    dataOf(await post(gateway.url, count));
    await gateway.stop();
  });
});

describe("a client", () => {
  it("may send headers up to the limit, and no more", async () => {
    const gateway = await startTestGateway({ MAX_HEADER_BYTES: "2000" });
    const request = (bytes: number): string => {
      const [start, end] = ["GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx: ", "\r\n\r\n"];
      return `${start}${"x".repeat(bytes - start.length)}${end}`;
    };
    expect(await sendRaw(gateway.origin, request(1900))).toMatch(/^HTTP\/1\.1 200 /);
    const text = await sendRaw(gateway.origin, request(2100));
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    expect(bodyOf(text)).toMatchObject({ errors: [{ extensions: { code: "HEADERS_TOO_LARGE" } }] });
    await gateway.stop();
  });

  it.each([
    ["headers", "POST /graphql HTTP/1.1\r\nhost: a\r\nx:"],
    [
      "body",
      `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{`,
    ],
  ])("that never ends its %s is cut off", async (_name, start) => {
    const gateway = await startTestGateway({ CLIENT_TIMEOUT_MS: "200" });
    const startMs = performance.now();
    const text = await sendRaw(gateway.origin, start);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(190);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(bodyOf(text)).toMatchObject({ errors: [{ extensions: { code: "REQUEST_TIMEOUT" } }] });
    await gateway.stop();
  });

  it("that sends nothing is cut off", async () => {
    const gateway = await startTestGateway({ CLIENT_TIMEOUT_MS: "200" });
    expect(await sendRaw(gateway.origin, "")).toMatch(/^HTTP\/1\.1 408 /);
    await gateway.stop();
  });

  it("that waits for a slow upstream is not cut off", async () => {
    const gateway = await startTestGateway({ CLIENT_TIMEOUT_MS: "200" });
    gateway.emulator.faults.add({ latencyMs: 60_000 });
    // Over a connection in use, whose time starts with the request: that of a new one may be over before its first byte.
    while (!(await isLive(gateway.origin)));
    const slow = post(gateway.url, count);
    await gateway.emulator.journal.whenReceived();
    // By the time that a younger connection is cut off, the request has outlived the limit.
    expect(await sendRaw(gateway.origin, "")).toMatch(/^HTTP\/1\.1 408 /);
    gateway.emulator.faults.clear();
    dataOf(await slow);
    await gateway.stop();
  });

  it("that leaves its connection idle is let go", async () => {
    const gateway = await startTestGateway({ KEEP_ALIVE_TIMEOUT_MS: "50" });
    const text = await sendRaw(gateway.origin, "GET /livez HTTP/1.1\r\nhost: a\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    await gateway.stop();
  });

  it.each([
    ["no HTTP", "hello\r\n\r\n"],
    ["a URL that is none", "GET /% HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"],
    [
      "a Host that is none",
      "GET /graphql?query={__typename} HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n",
    ],
  ])("that sends %s is told so in JSON", async (_name, bytes) => {
    const gateway = await startTestGateway();
    const text = await sendRaw(gateway.origin, bytes);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    const requestId = /^x-request-id: (.*)\r$/m.exec(text)?.[1];
    expect(bodyOf(text)).toMatchObject({
      errors: [{ extensions: { code: "BAD_REQUEST", retryable: false, requestId } }],
    });
    await gateway.stop();
  });
});

async function isLive(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/livez`).catch(() => undefined);
  await response?.text();
  return response?.ok === true;
}

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
}
