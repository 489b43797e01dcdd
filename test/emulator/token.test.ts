import {
  emulatorAccountId,
  emulatorClients as clients,
  emulatorEmptyAccountId,
} from "../../src/emulator/seed/seed.js";

import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const form = { "content-type": "application/x-www-form-urlencoded" };
const ask = (
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  { grantType = "client_credentials", headers = form, accountId = emulatorAccountId } = {},
): Promise<EmulatorResponse> =>
  running.call(`/sentinel/api/account/${accountId}/app/token?v=2.0`, {
    method: "POST",
    token: null,
    headers,
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: grantType,
    }).toString(),
  });

async function tokenOf(client: { clientId: string; clientSecret: string }): Promise<string> {
  return (jsonIn(await ask(client)) as { access_token: string }).access_token;
}

test("gives an access token", async () => {
  const answer = await ask(clients.admin);
  expect(answer.status).toBe(200);
  expect(jsonIn(answer)).toEqual({
    access_token: expect.stringMatching(/^eyJ/) as unknown,
    token_type: "Bearer",
    expires_in: 3600,
  });
});

test("its tokens work until they expire", async () => {
  const token = await tokenOf(clients.admin);
  running.now += 3_599_999;
  expect((await running.call(reasonsPath(), { token })).status).toBe(200);
  running.now += 1;
  expect((await running.call(reasonsPath(), { token })).status).toBe(401);
});

test("its tokens may do what the client may", async () => {
  const token = await tokenOf(clients.readOnly);
  const write = { method: "POST", token, body: { text: "Gym", state: "Away" } };
  expect((await running.call(reasonsPath(), write)).status).toBe(403);
});

test.each([
  ["a wrong secret", { ...clients.admin, clientSecret: "wrong" }, {}, 401],
  ["an unknown client", { ...clients.admin, clientId: "nobody" }, {}, 401],
  ["another account", clients.admin, { accountId: emulatorEmptyAccountId }, 401],
  ["another grant type", clients.admin, { grantType: "password" }, 400],
  [
    "a body that is not form-encoded",
    clients.admin,
    { headers: { "content-type": "application/json" } },
    400,
  ],
])("refuses %s", async (_what, client, others, status) => {
  expect((await ask(client, others)).status).toBe(status);
});
