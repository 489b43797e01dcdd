import { emulatorAccountId, emulatorAgentIds as ids } from "../../src/emulator/seed/seed.js";

import { jsonIn, machineToken, reasonsPath, startedAt, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const dayMs = 24 * 60 * 60 * 1000;
const clock = (method: string, body?: unknown): Promise<EmulatorResponse> =>
  running.call("/emulator/clock", { method, token: null, body });
const shown = async (): Promise<unknown> => jsonIn(await clock("GET"));
const agent = () => running.emulator.state.account(emulatorAccountId).agents.get(ids.online);

afterEach(() => {
  running.emulator.clock.release();
});

test("shows the real time until it is set, stands still then, and goes back to the real time", async () => {
  expect(await shown()).toEqual({ now: "2026-01-15T12:00:00.000Z" });
  const set = await clock("PUT", { now: "2026-02-01T08:30:00+01:00" });
  expect([set.status, jsonIn(set)]).toEqual([200, { now: "2026-02-01T07:30:00.000Z" }]);
  running.now += 5000;
  expect(await shown()).toEqual({ now: "2026-02-01T07:30:00.000Z" });
  expect((await clock("DELETE")).status).toBe(204);
  expect(await shown()).toEqual({ now: "2026-01-15T12:00:05.000Z" });
});

test("goes on from the time that it is set to, if told so", async () => {
  await clock("PUT", { now: "2027-01-01T00:00:00Z", runs: true });
  running.now += 5000;
  expect(await shown()).toEqual({ now: "2027-01-01T00:00:05.000Z" });
});

test.each([
  ["no time", {}],
  ["a time that is no text", { now: startedAt }],
  ["a time that is none", { now: "noon" }],
  ["a flag that is none", { now: "2027-01-01T00:00:00Z", runs: 1 }],
  ["no object", []],
])("is not set to %s", async (_what, body) => {
  expect((await clock("PUT", body)).status).toBe(400);
  expect(running.emulator.clock.now()).toBe(startedAt);
});

test("is the time of new statuses, and agents stay in theirs while it moves", () => {
  running.emulator.clock.set(startedAt + dayMs);
  expect(agent().statusSince).toBe(startedAt - dayMs / 24);
  running.emulator.state.account(emulatorAccountId).agents.setStatus(ids.online, "AWAY");
  expect(agent().statusSince).toBe(startedAt + dayMs);
});

test("decides when a token expires, and how old a window is", async () => {
  const token = await machineToken(running);
  expect((await running.call(reasonsPath(), { token })).status).toBe(200);
  running.emulator.clock.set(startedAt + 20 * dayMs);
  expect((await running.call(reasonsPath(), { token })).status).toBe(401);
  const view = await running.call(`/manager_workspace/api/account/${emulatorAccountId}/agent_view`, {
    method: "POST",
    body: { filters: { time: { from: startedAt - dayMs, to: startedAt } } },
  });
  expect([view.status, jsonIn(view)]).toMatchObject([400, { time: startedAt + 20 * dayMs }]);
});

test("stays as it is in a reset, which makes the data as of its time", () => {
  running.emulator.clock.set(startedAt - 30 * dayMs);
  running.emulator.reset();
  expect(agent().statusSince).toBe(startedAt - 30 * dayMs - dayMs / 24);
});

test("set back, leaves no change of an agent behind that is still to come", () => {
  const { agents } = running.emulator.state.account(emulatorAccountId);
  const changes = () => agents.history.changes(agent(), { from: startedAt, to: Infinity });
  running.emulator.clock.set(startedAt + dayMs);
  agents.setStatus(ids.online, "AWAY");
  running.emulator.clock.set(startedAt + 1000);
  agents.setStatus(ids.online, "BACK_SOON");
  expect(
    changes()
      .slice(-2)
      .map(({ at, status }) => [at, status]),
  ).toEqual([
    [startedAt - dayMs / 24, "ONLINE"],
    [startedAt + 1000, "BACK_SOON"],
  ]);
});
