import { createGateway } from "../../src/index.js";
import { emulatorTokens } from "../../src/emulator/seed/seed.js";
import { sendRaw } from "../support/raw-http.js";
import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";

const running = useEmulator();

async function statusOf(head: string, body = ""): Promise<string> {
  const text = `${head}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  return (await sendRaw(running.emulator.origin, text)).slice(9, 12);
}

const json = "Content-Type: application/json";

test.each([
  ["a name that leads here", "POST /emulator/faults HTTP/1.1\r\nHost: rebound.example", json, "403"],
  [
    "a name that leads here, in a full address",
    "POST http://127.0.0.1/emulator/faults HTTP/1.1\r\nHost: rebound.example",
    json,
    "403",
  ],
  [
    "a name that leads here, under an escaped path",
    "POST /%65mulator/faults HTTP/1.1\r\nHost: rebound.example",
    json,
    "403",
  ],
  [
    "a page",
    "POST /emulator/faults HTTP/1.1\r\nHost: localhost\r\nOrigin: https://page.example",
    json,
    "403",
  ],
  [
    "a page without an origin",
    "POST /emulator/faults HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site",
    json,
    "403",
  ],
  ["a form", "POST /emulator/faults HTTP/1.1\r\nHost: localhost", "Content-Type: text/plain", "415"],
  ["no declared type", "POST /emulator/faults HTTP/1.1\r\nHost: localhost", "Accept: */*", "415"],
  ["a program of this machine", "POST /emulator/faults HTTP/1.1\r\nHost: localhost:4100", json, "201"],
])("the controls answer %s as they should", async (_who, head, type, status) => {
  expect(await statusOf(`${head}\r\n${type}`, `{"status":500}`)).toBe(status);
  expect(running.emulator.faults.pending).toHaveLength(status === "201" ? 1 : 0);
});

test("the journal shows fingerprints of credentials, not the credentials", async () => {
  await running.call(reasonsPath());
  await running.call("/api/account/12345678/login?v=1.3", { method: "POST", body: { password: "hush" } });
  const answer = await running.call("/emulator/journal", { token: null });
  expect(answer.text).not.toMatch(new RegExp(`${emulatorTokens.admin}|hush`));
  const hidden = expect.stringMatching(/^Bearer sha256:[0-9a-f]{16}$/) as string;
  expect(jsonIn(answer)).toMatchObject({ requests: [{ headers: { authorization: hidden } }, {}] });
  expect(running.emulator.journal.requests[0]?.headers.authorization).toBe(`Bearer ${emulatorTokens.admin}`);
});

test("a gateway's own emulator listens on the loopback address only", async () => {
  const gateway = await createGateway({ HOST: "0.0.0.0", PORT: 0, LOG_LEVEL: "silent" });
  expect(gateway.emulated?.origin).toMatch(/^http:\/\/127\.0\.0\.1:/);
  await gateway.stop();
});
