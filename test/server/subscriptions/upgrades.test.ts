import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { figureOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openRaw, sendRaw } from "../../support/raw-http.js";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const body = JSON.stringify({ query: `{ statusReason(accountId: "${accountId}", id: "1") { id } }` });
const head = (more: readonly string[]) =>
  [
    "POST /graphql HTTP/1.1",
    "Host: gateway",
    "Content-Type: application/json",
    `Authorization: Bearer ${emulatorTokens.admin}`,
    `Content-Length: ${body.length}`,
    ...more,
    "",
    "",
  ].join("\r\n");
const offer = head([
  "Connection: Upgrade, HTTP2-Settings, close",
  "Upgrade: h2c",
  "HTTP2-Settings: AAMAAABkAAQAAP__",
]);

describe("a request that offers another protocol", () => {
  it("is one connection still", async () => {
    const before = await figureOf(gateway.origin, "status_reason_gateway_connections");
    const raw = await openRaw(gateway.origin);
    await raw.write(offer.replace(", close", "") + body);
    await raw.untilReceived(/"data":/);
    await expect(figureOf(gateway.origin, "status_reason_gateway_connections")).resolves.toBe(before + 1);
    raw.destroy();
    await raw.closed;
  });

  it("is answered as if it did not", async () => {
    const text = await sendRaw(gateway.origin, offer + body);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toContain('{"data":{"statusReason":');
  });

  it("is answered where its body comes later, and may be followed by another", async () => {
    const raw = await openRaw(gateway.origin);
    for (let count = 1; count <= 2; count += 1) {
      await raw.write(offer.replace(", close", ""));
      await raw.write(body.slice(0, 10));
      await raw.write(body.slice(10));
      await raw.untilReceived(new RegExp(`(?:"data":.*){${count}}`, "s"));
    }
    await expect(figureOf(gateway.origin, "status_reason_gateway_requests_in_flight")).resolves.toBe(0);
    raw.destroy();
    await raw.closed;
  });

  it("is cut where it comes before a response is sent: Node cannot tell the two apart then", async () => {
    gateway.emulator.faults.add({ hang: true });
    const text = await sendRaw(gateway.origin, head([]) + body + offer + body);
    gateway.emulator.faults.clear();
    expect(text).toBe("");
  });
});
