import { emulatorAccountId, emulatorEmptyAccountId } from "../../src/emulator/seed/seed.js";

import { jsonIn, useEmulator } from "./running-emulator.js";

const running = useEmulator();
const path = (service: string, accountId = emulatorAccountId): string =>
  `/api/account/${accountId}/service/${service}baseURI.json?version=1.0`;
const here = (): string => new URL(running.emulator.origin).host;

test.each([
  "accountConfigReadOnly",
  "accountConfigReadWrite",
  "agentActivityDomain",
  "agentManagerWorkspace",
  "agentVep",
  "sentinel",
])("finds %s on the emulator, without authentication", async (service) => {
  const answer = await running.call(path(`${service}/`), { token: null });
  expect(answer.status).toBe(200);
  expect(jsonIn(answer)).toEqual({ service, account: emulatorAccountId, baseURI: here() });
});

test("lists all services", async () => {
  const answer = await running.call(path(""), { token: null });
  expect(jsonIn(answer)).toMatchObject({
    baseURIs: expect.arrayContaining([
      { service: "sentinel", account: emulatorAccountId, baseURI: here() },
    ]) as unknown,
  });
});

test("moves a service of one account", async () => {
  running.emulator.state.account(emulatorAccountId).moveService("sentinel", "elsewhere.example.com:8443");
  expect(jsonIn(await running.call(path("sentinel/")))).toMatchObject({
    baseURI: "elsewhere.example.com:8443",
  });
  expect(jsonIn(await running.call(path("agentVep/")))).toMatchObject({ baseURI: here() });
  expect(jsonIn(await running.call(path("sentinel/", emulatorEmptyAccountId)))).toMatchObject({
    baseURI: here(),
  });
});

test.each([
  ["an unknown account", path("sentinel/", "99999999")],
  ["an unknown account's list", path("", "99999999")],
  ["an unknown service", path("nosuchService/")],
  ["a service spelt in another case", path("Sentinel/")],
])("does not know %s", async (_what, unknown) => {
  expect((await running.call(unknown)).status).toBe(404);
  running.emulator.state.edition.unknownServiceStatus = 400;
  expect((await running.call(unknown)).status).toBe(400);
});

test("moves a service for a test in another process", async () => {
  const control = `/emulator/accounts/${emulatorAccountId}/services/sentinel`;
  const move = (path: string, body: unknown) => running.call(path, { method: "PUT", body });
  expect((await move(control, { baseUri: "127.0.0.1:8443" })).status).toBe(204);
  expect(jsonIn(await running.call(path("sentinel/")))).toMatchObject({ baseURI: "127.0.0.1:8443" });
  expect((await move(control, {})).status).toBe(400);
  expect((await move(`${control}s`, { baseUri: "" })).status).toBe(404);
});
