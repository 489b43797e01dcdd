import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { holdDeadlines } from "../../support/deadlines.js";
import { dataOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openStream } from "../../support/stream-reader.js";
import { openWebSocket } from "../../support/subscribers.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const query = `subscription { statusReasonsChanged(accountId: "${accountId}") { changed { text } } }`;
const create = `mutation ($text: String!) {
  createStatusReason(accountId: "${accountId}", input: { text: $text }) { statusReason { id } }
}`;
const beatMs = 50;
/** Longer than what a request may take to arrive, and its connection to be idle. */
const beats = 60;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(
    { CLIENT_TIMEOUT_MS: "2500", KEEP_ALIVE_TIMEOUT_MS: "2500" },
    { streamTimes: { beatMs } },
  );
});
afterAll(() => gateway.stop());

it("keeps streams for longer than requests may take, by heartbeats", async () => {
  const passDeadlines = holdDeadlines();
  const raw = await openWebSocket(gateway.url, { headers: { authorization } });
  raw.send({ type: "connection_init" });
  await raw.untilReceived("connection_ack");
  raw.send({ id: "1", type: "subscribe", payload: { query } });
  const streams = await Promise.all(
    ["text/event-stream", 'multipart/mixed;subscriptionSpec="1.0"'].map((accept) =>
      openStream(gateway.url, {
        method: "POST",
        headers: { "content-type": "application/json", accept, authorization },
        body: JSON.stringify({ query }),
      }),
    ),
  );
  const [sse, multipart] = streams;
  await raw.untilReceived("next");
  await Promise.all(streams.map((stream) => stream.untilReceived(/"changed"/)));
  passDeadlines();
  await sse?.untilReceived(new RegExp(`(?::\\n\\n){${beats}}`));
  await multipart?.untilReceived(
    new RegExp(`(?:\\{\\}\\r\\n--graphql\\s+content-type: application/json\\s+){${beats}}`),
  );
  dataOf(await gateway.query(create, { text: "Still there" }));
  for (const stream of streams) {
    await stream.untilReceived(/Still there/);
    stream.abort();
  }
  while (!JSON.stringify(raw.received).includes("Still there")) {
    await new Promise((resolve) => raw.socket.once("message", resolve));
  }
  raw.socket.terminate();
});
