import { createClient } from "graphql-sse";

import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openStream } from "../../support/stream-reader.js";
import { nextOf, openWebSocket, webSocketClient } from "../../support/subscribers.js";
import type { Events } from "../../support/subscribers.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { revision } }`;
const multipart = 'multipart/mixed;subscriptionSpec="1.0"';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.stop());

function subscribe(accept: string) {
  return openStream(gateway.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept, authorization },
    body: JSON.stringify({ query: subscription }),
  });
}

describe("a gateway that stops", () => {
  it("closes WebSockets with 1001, so that clients connect again", async () => {
    const reconnects: boolean[] = [];
    const codes: unknown[] = [];
    const client = webSocketClient(gateway.url, {
      retryAttempts: 1,
      retryWait: () => Promise.resolve(),
      on: {
        connecting: (isRetry) => reconnects.push(isRetry),
        closed: (event) => codes.push((event as { code: number }).code),
      },
    });
    const events = client.iterate({ query: subscription }) as Events;
    await nextOf(events);
    await gateway.stop();
    await expect(events.next()).rejects.toBeDefined();
    expect(codes[0]).toBe(1001);
    expect(reconnects).toEqual([false, true]);
    await client.dispose();
  });

  it("does not complete the subscriptions of a WebSocket", async () => {
    const raw = await openWebSocket(gateway.url, { headers: { authorization } });
    raw.send({ type: "connection_init" });
    await raw.untilReceived("connection_ack");
    raw.send({ id: "1", type: "subscribe", payload: { query: subscription } });
    await raw.untilReceived("next");
    await gateway.stop();
    await expect(raw.closed).resolves.toEqual({ code: 1001, reason: "Going away" });
    expect(raw.received.map(({ type }) => type)).toEqual(["connection_ack", "next"]);
  });

  it("answers the query that is in flight on a WebSocket before it closes it", async () => {
    const raw = await openWebSocket(gateway.url, { headers: { authorization } });
    raw.send({ type: "connection_init" });
    await raw.untilReceived("connection_ack");
    gateway.emulator.faults.add({ hang: true });
    raw.send({
      id: "1",
      type: "subscribe",
      payload: { query: `{ statusReason(accountId: "${accountId}", id: "1") { id } }` },
    });
    while (gateway.emulator.journal.requests.length === 0) await gateway.query("{ __typename }");
    const stopped = gateway.stop();
    gateway.emulator.faults.clear();
    await stopped;
    await expect(raw.closed).resolves.toMatchObject({ code: 1001 });
    expect(raw.received.map(({ type }) => type)).toEqual(["connection_ack", "next", "complete"]);
  });

  it("ends Server-Sent Events without completing them, so that clients subscribe again", async () => {
    const stream = await subscribe("text/event-stream");
    await stream.untilReceived(/"data"/);
    await gateway.stop();
    expect(await stream.untilEnded()).not.toContain("event: complete");
  });

  it("makes graphql-sse's client subscribe again", async () => {
    const reconnects: boolean[] = [];
    const client = createClient({
      url: gateway.url,
      headers: { authorization },
      retryAttempts: 1,
      retry: () => Promise.resolve(),
      on: { connecting: (isRetry) => reconnects.push(isRetry) },
    });
    const events = client.iterate({ query: subscription }) as unknown as Events;
    await nextOf(events);
    await gateway.stop();
    await expect(events.next()).rejects.toBeDefined();
    expect(reconnects).toEqual([false, true]);
    client.dispose();
  });

  it("ends multipart responses with an error of the transport", async () => {
    const stream = await subscribe(multipart);
    await stream.untilReceived(/"data"/);
    await gateway.stop();
    expect(await stream.untilEnded()).toMatch(
      /\{"payload":null,"errors":\[\{"message":".*","extensions":\{"code":"UPSTREAM_UNAVAILABLE",.*\}\}\]\}\r\n--graphql--\r\n$/,
    );
  });

  it("lets its clients go whose connection does nothing", async () => {
    const raw = await openWebSocket(gateway.url);
    await gateway.stop();
    await expect(raw.closed).resolves.toMatchObject({ code: 1001 });
  });
});
