import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { dataOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openWebSocket } from "../../support/subscribers.js";
import type { RawWebSocket } from "../../support/subscribers.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { changed { text } } }`;
const query = `{ statusReason(accountId: "${accountId}", id: "1") { id } }`;
const create = `mutation {
  createStatusReason(accountId: "${accountId}", input: { text: "Still served" }) { statusReason { id } }
}`;

let gateway: TestGateway;
afterEach(() => gateway.stop());

async function initialised(): Promise<RawWebSocket> {
  const raw = await openWebSocket(gateway.url);
  raw.send({ type: "connection_init", payload: { authorization } });
  await raw.untilReceived("connection_ack");
  return raw;
}

it("gives up an idle WebSocket for a new connection, and none that has a subscription", async () => {
  gateway = await startTestGateway({ MAX_CONNECTIONS: "2" });
  const subscribed = await initialised();
  subscribed.send({ id: "1", type: "subscribe", payload: { query: subscription } });
  await subscribed.untilReceived("next");
  const idle = await initialised();
  dataOf(await gateway.query(create));
  expect((await idle.closed).code).toBe(1006);
  while (!JSON.stringify(subscribed.received).includes("Still served")) {
    await new Promise((resolve) => subscribed.socket.once("message", resolve));
  }
  subscribed.socket.terminate();
});

it("counts operations among the requests in flight until they are answered or subscribed", async () => {
  gateway = await startTestGateway({ MAX_REQUESTS_IN_FLIGHT: "1" });
  const raw = await initialised();
  raw.send({ id: "1", type: "subscribe", payload: { query: subscription } });
  await raw.untilReceived("next");
  gateway.emulator.faults.add({ hang: true, match: { path: "status-reasons/1" } });
  raw.send({ id: "2", type: "subscribe", payload: { query } });
  raw.send({ id: "3", type: "subscribe", payload: { query } });
  const { id, payload } = await raw.untilReceived("error");
  expect(id).toBe("3");
  expect(payload).toMatchObject([{ extensions: { code: "OVERLOADED", retryable: true } }]);
  raw.socket.terminate();
});
