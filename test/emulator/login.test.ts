import {
  emulatorAccountId,
  emulatorSecondAccountId,
  emulatorUsers as users,
} from "../../src/emulator/seed/seed.js";

import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const login = (body: unknown, accountId = emulatorAccountId): Promise<EmulatorResponse> =>
  running.call(`/api/account/${accountId}/login?v=1.3`, { method: "POST", token: null, body });
const wrong = { username: users.admin.username, password: "wrong" };

test("gives a bearer that works", async () => {
  const answer = await login(users.admin);
  expect(answer.status).toBe(200);
  const { bearer, ...others } = jsonIn(answer) as { bearer: string };
  expect(others).toMatchObject({
    csrf: expect.any(String) as unknown,
    config: { loginName: "admin", userId: "2434600001" },
  });
  expect((await running.call(reasonsPath(), { token: bearer })).status).toBe(200);
});

test("gives a bearer that may do what its user may", async () => {
  const { bearer } = jsonIn(await login(users.readOnly)) as { bearer: string };
  const write = { method: "POST", token: bearer, body: { text: "Gym", state: "Away" } };
  expect((await running.call(reasonsPath(), { token: bearer })).status).toBe(200);
  expect((await running.call(reasonsPath(), write)).status).toBe(403);
});

test("gives a new bearer each time, and the same ones from the same seed", async () => {
  const [first, second] = [await login(users.admin), await login(users.admin)];
  expect(first.text).not.toBe(second.text);
  running.reset();
  expect((await login(users.admin)).text).toBe(first.text);
});

test("its bearers do not outlive a reset", async () => {
  const { bearer } = jsonIn(await login(users.admin)) as { bearer: string };
  running.reset();
  expect((await running.call(reasonsPath(), { token: bearer })).status).toBe(401);
});

test.each([
  ["a wrong password", wrong, emulatorAccountId, 401],
  ["an unknown user", { username: "nobody", password: "x" }, emulatorAccountId, 401],
  ["a user of another account", users.otherAccount, emulatorAccountId, 401],
  ["an account that does not exist", users.admin, "99999999", 401],
  ["a user of the account", users.otherAccount, emulatorSecondAccountId, 200],
  ["a locked user", users.locked, emulatorAccountId, 451],
  ["no password", { username: "admin" }, emulatorAccountId, 400],
  ["a list", [], emulatorAccountId, 400],
  ["no JSON", "username=admin", emulatorAccountId, 400],
])("answers to %s", async (_what, body, accountId, status) => {
  expect((await login(body, accountId)).status).toBe(status);
});

describe("after five failures in a row", () => {
  beforeEach(async () => {
    for (let failures = 0; failures < 5; failures += 1) await login(wrong);
  });

  test("makes the user wait, whatever the password", async () => {
    const answer = await login(users.admin);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("5");
  });

  test("lets other users in", async () => {
    expect((await login(users.readOnly)).status).toBe(200);
  });

  test("lets the user try again when the pause is over", async () => {
    running.now += 4999;
    expect((await login(users.admin)).status).toBe(429);
    running.now += 1;
    expect((await login(users.admin)).status).toBe(200);
    expect((await login(wrong)).status).toBe(401);
  });
});
