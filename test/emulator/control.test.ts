import { emulatorAccountId, emulatorAgentIds, emulatorReasonIds } from "../../src/emulator/seed/seed.js";

import { jsonIn, reasonsPath, startedAt, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const control = (method: string, path: string, body?: unknown): Promise<EmulatorResponse> =>
  running.call(`/emulator/${path}`, { method, token: null, body });
const agentPath = (agentId: string, accountId = emulatorAccountId): string =>
  `accounts/${accountId}/agents/${agentId}`;

test("shows the journal, and clears it", async () => {
  await running.call(reasonsPath(), { method: "POST", body: { text: "Gym", state: "Away" } });
  const answer = await control("GET", "journal");
  expect(jsonIn(answer)).toMatchObject({
    requests: [{ method: "POST", status: 201 }],
    writes: [{ kind: "create", reason: { id: 9007199254741001n, text: "Gym" }, revision: 17891 }],
  });
  expect((await control("DELETE", "journal")).status).toBe(204);
  expect(jsonIn(await control("GET", "journal"))).toEqual({ requests: [], writes: [] });
});

test("adds a fault or several, is not subject to them, and clears them", async () => {
  expect((await control("POST", "faults", { status: 500 })).status).toBe(201);
  const answer = await control("POST", "faults", [
    { hang: true, match: { method: "PUT" } },
    { latencyMs: 5 },
  ]);
  expect(jsonIn(answer)).toHaveLength(3);
  expect((await running.call(reasonsPath())).status).toBe(500);
  expect((await control("DELETE", "faults")).status).toBe(204);
  expect((await running.call(reasonsPath())).status).toBe(200);
});

test.each([
  ["no JSON", "{"],
  ["null", null],
  ["an unknown field", { delay: 5 }],
  ["an inherited name", { toString: 5 }],
  ["a status that is no status", { status: 42 }],
  ["a number of times below one", { times: 0 }],
  ["a latency that is no number", { latencyMs: "5" }],
  ["headers that are no strings", { status: 500, headers: { "retry-after": 5 } }],
  ["an unknown kind of reset", { reset: "during" }],
  ["two effects", { status: 500, truncate: true }],
])("refuses a fault: %s", async (_what, body) => {
  expect((await control("POST", "faults", body)).status).toBe(400);
  expect(running.emulator.faults.pending).toEqual([]);
});

test("goes back to the seed", async () => {
  const before = (await running.call(reasonsPath())).text;
  await running.call(reasonsPath(), { method: "POST", body: { text: "Gym", state: "Away" } });
  running.emulator.state.edition.createdStatus = 200;
  running.emulator.faults.add({ status: 500 });
  expect((await control("POST", "reset")).status).toBe(204);
  expect(running.emulator.journal.count()).toBe(0);
  expect(running.emulator.state.edition.createdStatus).toBe(201);
  const answer = await running.call(reasonsPath());
  expect([answer.text, answer.headers.get("ac-revision")]).toEqual([before, "17890"]);
});

test("puts an agent into a status for a reason", async () => {
  const reasonId = emulatorReasonIds.pastDouble;
  const path = agentPath(emulatorAgentIds.online);
  const answer = await control("PATCH", path, `{"status":"AWAY","reasonId":${reasonId}}`);
  expect(jsonIn(answer)).toMatchObject({ status: "AWAY", reasonId, statusSince: startedAt });
  expect(jsonIn(await control("PATCH", path, { status: "ONLINE" }))).not.toHaveProperty("reasonId");
});

test.each([
  ["an unknown agent", agentPath("5"), { status: "AWAY" }, 404],
  ["an unknown account", agentPath(emulatorAgentIds.online, "99999999"), { status: "AWAY" }, 404],
  ["a status that is no string", agentPath(emulatorAgentIds.online), { status: 5 }, 400],
  ["a reason that is no id", agentPath(emulatorAgentIds.online), { reasonId: "lunch" }, 400],
  ["no object", agentPath(emulatorAgentIds.online), [], 400],
])("refuses %s", async (_what, path, body, status) => {
  expect((await control("PATCH", path, body)).status).toBe(status);
});
