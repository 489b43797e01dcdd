import type { ApolloServerPlugin } from "@apollo/server";

import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import type { GatewayContext } from "../../../src/graphql/index.js";
import type { ServerExtension } from "../../../src/server/index.js";
import { dataOf, figureOf, startTestGateway, untilFigure } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openRaw } from "../../support/raw-http.js";
import { inputsOf } from "../../support/run-length.js";
import { openStream } from "../../support/stream-reader.js";
import { allOf, nextOf, openWebSocket, sseClient, webSocketClient } from "../../support/subscribers.js";
import type { Events, RawWebSocket } from "../../support/subscribers.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const query = `subscription Reasons { statusReasonsChanged(accountId: "${accountId}") { changed { id text } revision } }`;
const create = `mutation ($text: String!) {
  createStatusReason(accountId: "${accountId}", input: { text: $text }) { statusReason { id } }
}`;
const open = "status_reason_gateway_live_subscriptions";
const served = (transport: string) => `status_reason_gateway_streams_open\\{transport="${transport}"\\}`;

/** Counts how often anything is executed. */
let executions = 0;
const counting: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: () =>
    Promise.resolve({
      executionDidStart: () => {
        executions += 1;
        return Promise.resolve();
      },
    }),
};
const counter: ServerExtension = {
  plugins: () => [counting],
  wrap: (listener) => listener,
  onResponse: () => undefined,
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(
    { LIVE_MAX_PER_TOKEN: "10000" },
    { extensions: [counter], streamTimes: { beatMs: 25, maxMissedBeats: 20 } },
  );
});
afterAll(() => gateway.stop());

function subscribeBySse(token = authorization) {
  return openStream(gateway.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", authorization: token },
    body: JSON.stringify({ query }),
  });
}

async function subscribed(options: Parameters<typeof openWebSocket>[1] = {}): Promise<RawWebSocket> {
  const raw = await openWebSocket(gateway.url, options);
  raw.send({ type: "connection_init", payload: { authorization } });
  await raw.untilReceived("connection_ack");
  raw.send({ id: "1", type: "subscribe", payload: { query } });
  await raw.untilReceived("next");
  return raw;
}

it("executes an operation once for an event, and for all who subscribe alike with the same token", async () => {
  const clients = [webSocketClient(gateway.url), webSocketClient(gateway.url)];
  const events = clients.flatMap((client) => [1, 2, 3].map(() => client.iterate({ query }) as Events));
  const bySse = await Promise.all([subscribeBySse(), subscribeBySse()]);
  await Promise.all([...events.map(nextOf), ...bySse.map((stream) => stream.untilReceived(/"changed"/))]);
  const before = executions;
  dataOf(await gateway.query(create, { text: "Shared" }));
  const results = await Promise.all(events.map(nextOf));
  await Promise.all(bySse.map((stream) => stream.untilReceived(/Shared/)));
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  // The mutation, and the event.
  expect(executions - before).toBe(2);
  for (const client of clients) await client.dispose();
  for (const stream of bySse) stream.abort();
  await untilFigure(gateway.origin, open, 0);
});

it("shares nothing between operations or variables that differ", async () => {
  const client = webSocketClient(gateway.url);
  const others = [query, query.replace("revision", "r: revision"), query.replace("Reasons", "Other")];
  const events = others.map((other) => client.iterate({ query: other }) as Events);
  await Promise.all(events.map(nextOf));
  const before = executions;
  dataOf(await gateway.query(create, { text: "Different" }));
  await Promise.all(events.map(nextOf));
  expect(executions - before).toBe(1 + others.length);
  await client.dispose();
  await untilFigure(gateway.origin, open, 0);
});

it("ends the subscriptions of a token that is refused half-way, and no others", async () => {
  const client = webSocketClient(gateway.url);
  const events = client.iterate({ query }) as Events;
  const stream = await subscribeBySse();
  await Promise.all([nextOf(events), stream.untilReceived(/"changed"/)]);
  gateway.emulator.faults.add({ match: { method: "GET", path: "/status-reasons" }, status: 401 });
  await gateway.query(create, { text: "Refused" });
  const rest = await allOf(events);
  expect(rest.at(-1)).toMatchObject({ data: null, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  expect(await stream.untilEnded()).toMatch(/"code":"UNAUTHENTICATED".*\n\nevent: complete\ndata:\n\n$/);
  gateway.emulator.reset();
  await client.dispose();
  await untilFigure(gateway.origin, open, 0);
  const failed = gateway.log.lines().filter(({ end }) => end === "failed");
  expect(failed).toHaveLength(2);
  for (const line of failed) {
    const error = { code: "UNAUTHENTICATED", service: "accountConfigReadOnly", status: 401 };
    expect(line).toMatchObject({ msg: "subscription ended", level: 30, accountId, error });
  }
});

it("cuts a WebSocket whose client answers no ping", async () => {
  const cut = 'status_reason_gateway_stream_clients_cut_total\\{transport="websocket"\\}';
  const raw = await subscribed({ autoPong: false });
  expect((await raw.closed).code).toBe(1006);
  await untilFigure(gateway.origin, cut, 1);
  await untilFigure(gateway.origin, open, 0);
});

it("starts nothing for a client that has left before the first event", async () => {
  const body = JSON.stringify({ query });
  const head = [
    "POST /graphql HTTP/1.1",
    "Host: a",
    "Content-Type: application/json",
    "Accept: text/event-stream",
  ];
  const more = [`Authorization: ${authorization}`, `Content-Length: ${body.length}`, "", body];
  for (let count = 0; count < 30; count += 1) {
    const raw = await openRaw(gateway.origin);
    await raw.write([...head, ...more].join("\r\n"));
    raw.destroy();
    const socket = await openWebSocket(gateway.url);
    socket.send({ type: "connection_init", payload: { authorization } });
    await socket.untilReceived("connection_ack");
    socket.send({ id: "1", type: "subscribe", payload: { query } });
    socket.socket.terminate();
  }
  await gateway.query("{ __typename }");
  await untilFigure(gateway.origin, served("sse"), 0);
  await untilFigure(gateway.origin, served("websocket"), 0);
  await untilFigure(gateway.origin, open, 0);
  await untilFigure(gateway.origin, "status_reason_gateway_requests_in_flight", 0);
});

it("ends a subscription at once when its connection dies", async () => {
  const sockets = await Promise.all(Array.from({ length: 20 }, () => subscribed()));
  const streams = await Promise.all(Array.from({ length: 20 }, () => subscribeBySse()));
  await Promise.all(streams.map((stream) => stream.untilReceived(/"changed"/)));
  await expect(figureOf(gateway.origin, open)).resolves.toBe(40);
  await expect(figureOf(gateway.origin, served("sse"))).resolves.toBe(20);
  for (const { socket } of sockets) socket.terminate();
  for (const stream of streams) stream.abort();
  await untilFigure(gateway.origin, open, 0);
  await untilFigure(gateway.origin, served("sse"), 0);
  await untilFigure(gateway.origin, served("websocket"), 0);
});

it("leaks nothing over many subscriptions, however they end", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const keeper = await subscribed();
  await gateway.query("{ __typename }");
  const before = timers();
  const client = webSocketClient(gateway.url, { lazy: false });
  const bySse = sseClient(gateway.url);
  for (let round = 0; round < inputsOf(1_700); round += 1) {
    const events = [1, 2, 3, 4].map(() => client.iterate({ query }) as Events);
    await Promise.all(events.map(nextOf));
    for (const each of events) await each.return?.();
    const one = bySse.iterate({ query }) as unknown as Events;
    await nextOf(one);
    await one.return?.();
    (await subscribed()).socket.terminate();
  }
  await client.dispose();
  bySse.dispose();
  await untilFigure(gateway.origin, open, 1);
  await untilFigure(gateway.origin, served("websocket"), 1);
  await untilFigure(gateway.origin, served("sse"), 0);
  await untilFigure(gateway.origin, "status_reason_gateway_live_pollers", 1);
  expect(timers()).toBeLessThanOrEqual(before + 2);
  keeper.socket.terminate();
  await untilFigure(gateway.origin, "status_reason_gateway_live_pollers", 0);
  // For slow machines: a long run has 10,000 subscriptions.
}, 120_000);

it("refuses more operations on one WebSocket than it may have", async () => {
  const raw = await subscribed();
  for (let id = 2; id <= 101; id += 1) raw.send({ id: String(id), type: "subscribe", payload: { query } });
  const { id, payload } = await raw.untilReceived("error");
  expect(id).toBe("101");
  expect(payload).toMatchObject([{ extensions: { code: "OVERLOADED", retryable: true } }]);
  raw.socket.terminate();
  await untilFigure(gateway.origin, open, 0);
});

it("tells of each subscription in one line, when it ends", async () => {
  const stream = await subscribeBySse();
  await stream.untilReceived(/"changed"/);
  stream.abort();
  await untilFigure(gateway.origin, open, 0);
  const line = gateway.log
    .lines()
    .filter(({ msg }) => msg === "subscription ended")
    .at(-1);
  expect(line).toMatchObject({
    ...{ operation: "Reasons", transport: "sse", events: 1, end: "client left" },
    hash: expect.stringMatching(/^[\da-f]{12}$/) as string,
    requestId: expect.any(String) as string,
    durationMs: expect.any(Number) as number,
  });
  expect(gateway.log.text()).not.toContain(emulatorTokens.admin);
});
