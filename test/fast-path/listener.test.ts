import { connect } from "node:net";

import { ApolloServer } from "@apollo/server";

import { emulatorAccountId as accountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf, errorOf, figureOf, post, startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { sendRaw } from "../support/raw-http.js";

const query = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
const body = JSON.stringify({ query });

/** A POST as it is on the wire, but for its body. */
function head(...more: readonly string[]): string {
  const lines = [
    "POST /graphql HTTP/1.1",
    "host: a",
    "content-type: application/json",
    `authorization: Bearer ${emulatorTokens.admin}`,
    `content-length: ${body.length}`,
    ...more,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

describe("the front of the server", () => {
  let gateway: TestGateway | undefined;
  let byApollo: jest.SpyInstance;
  beforeEach(() => {
    byApollo = jest.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");
  });
  afterEach(async () => {
    byApollo.mockRestore();
    await gateway?.stop();
  });

  /** A gateway that knows the query, from clients like that of these tests and like {@link head}. */
  async function startKnowing(env: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
    const started = (gateway = await startTestGateway(env));
    dataOf(await started.query(query));
    await sendRaw(started.origin, head("connection: close") + body);
    byApollo.mockClear();
    return started;
  }

  it.each(["https://a.example", "https://b.example", "https://c.example"])(
    "answers a page of %s with the headers that Fastify answers with",
    async (origin) => {
      const { url } = await startKnowing({ CORS_ORIGINS: "https://a.example,https://b.example" });
      const headers = { origin, "x-request-id": "one" };
      const [first, second] = [await post(url, body, { headers }), await post(url, body, { headers })];
      expect(byApollo).toHaveBeenCalledTimes(1);
      const [told, expected] = [second, first].map((answer) =>
        [...answer.headers].filter(([name]) => name !== "date"),
      );
      expect(told).toEqual(expected);
      const isAllowed = origin !== "https://c.example";
      expect(second.headers.get("access-control-allow-origin")).toBe(isAllowed ? origin : null);
    },
  );

  it("answers a body that comes in parts", async () => {
    const { origin } = await startKnowing();
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname).setNoDelay(true);
    const answer = new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
      socket.once("close", () => {
        resolve(text);
      });
    });
    for (const part of [head("connection: close"), body.slice(0, 9), body.slice(9)]) {
      await new Promise((resolve) => socket.write(part, resolve));
    }
    expect(await answer).toContain('{"data":{"statusReasons":{"totalCount":');
    expect(byApollo).not.toHaveBeenCalled();
  });

  it("leaves what goes wrong to Apollo, under the request id that the upstream was told", async () => {
    const { url, emulator } = await startKnowing();
    emulator.faults.add({ status: 403 });
    const answer = await post(url, body);
    const { code, requestId } = errorOf(answer).extensions;
    expect(code).toBe("FORBIDDEN");
    expect(answer.headers.get("x-request-id")).toBe(requestId);
    expect(emulator.journal.requests.at(-1)?.headers["x-request-id"]).toBe(requestId);
    expect(byApollo).toHaveBeenCalledTimes(1);
  });

  it("leaves a mutation to Apollo, with the body that it has read", async () => {
    const { url } = await startKnowing();
    const create = `mutation { createStatusReason(accountId: "${accountId}", input: { text: "Żurek" }) { statusReason { text } } }`;
    const data = dataOf(await post<Record<string, unknown>>(url, JSON.stringify({ query: create })));
    expect(data).toEqual({ createStatusReason: { statusReason: { text: "Żurek" } } });
  });

  it("leaves a body over the limit, and one that is no JSON, to Fastify", async () => {
    const { url } = await startKnowing({ MAX_BODY_BYTES: "1000" });
    expect((await post(url, body + " ".repeat(1000))).status).toBe(413);
    expect((await post(url, `${body}}`)).status).toBe(400);
  });

  it("counts what it answers as in flight, once, and turns away what is too much", async () => {
    const { url, origin, emulator } = await startKnowing({ MAX_REQUESTS_IN_FLIGHT: "1" });
    emulator.faults.add({ latencyMs: 60_000 });
    const calls = emulator.journal.count();
    const first = post(url, body);
    await emulator.journal.whenReceived({}, calls + 1);
    expect((await post(url, body)).status).toBe(503);
    emulator.faults.clear();
    dataOf(await first);
    // Falls back to Apollo: counted once all the same, or the next one would find no room.
    emulator.faults.add({ status: 403, times: 1 });
    errorOf(await post(url, body));
    dataOf(await post(url, body));
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    expect(metrics).toContain('status_reason_gateway_requests_turned_away_total{limit="in_flight"} 1');
  });

  it("forgets a caller who leaves before the body has come", async () => {
    const { origin } = await startKnowing();
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.write(head() + body.slice(0, 9), resolve));
    while ((await figureOf(origin, "status_reason_gateway_request_body_bytes")) === 0);
    expect(await figureOf(origin, "status_reason_gateway_requests_in_flight")).toBe(0);
    socket.destroy();
    while ((await figureOf(origin, "status_reason_gateway_request_body_bytes")) > 0);
    expect(byApollo).not.toHaveBeenCalled();
  });

  it("ends the connection with the answer where the gateway is stopping", async () => {
    const started = await startKnowing();
    started.emulator.faults.add({ latencyMs: 60_000 });
    const calls = started.emulator.journal.count();
    const answer = sendRaw(started.origin, head() + body);
    await started.emulator.journal.whenReceived({}, calls + 1);
    gateway = undefined;
    const stopped = started.stop();
    started.emulator.faults.clear();
    expect(await answer).toMatch(/^connection: close\r$/im);
    await stopped;
    expect(byApollo).not.toHaveBeenCalled();
  });
});
