import { Journal } from "../../src/emulator/data/journal.js";
import type { JournalEntry } from "../../src/emulator/data/journal.js";

import { reasonsPath, startedAt, useEmulator } from "./running-emulator.js";

const running = useEmulator();

test("has each request as it was received", async () => {
  const body = '{ "text": "Gym",  "state": "Away" }';
  await running.call(reasonsPath("?v=1.0&include_deleted=true"), { method: "POST", body });
  const { host } = new URL(running.emulator.origin);
  expect(running.emulator.journal.requests).toEqual([
    {
      at: startedAt,
      method: "POST",
      path: reasonsPath(""),
      query: { v: "1.0", include_deleted: "true" },
      headers: expect.objectContaining({ authorization: "Bearer emulator-admin-token" }) as unknown,
      body,
      host,
      status: 201,
    },
  ]);
});

test("has requests that were refused, whoever refused them", async () => {
  await running.call(reasonsPath(), { token: null });
  await running.call("/nowhere");
  await running.call(reasonsPath(), { method: "POST", body: "{}", headers: { "content-type": "nonsense" } });
  await running.call(reasonsPath(), { method: "POST", body: " ".repeat(2 ** 20 + 1) });
  expect(running.emulator.journal.requests.map(({ status }) => status)).toEqual([401, 404, 415, 413]);
});

test("has the status that a fault gave", async () => {
  running.emulator.faults.add({ status: 502 });
  await running.call(reasonsPath());
  expect(running.emulator.journal.requests[0]?.status).toBe(502);
});

test("does not have the controls", async () => {
  await running.call("/emulator/journal");
  expect(running.emulator.journal.count()).toBe(0);
});

test("counts by method, path and host", async () => {
  await running.call(reasonsPath());
  await running.call(reasonsPath(), { method: "POST", body: "{}" });
  await running.call("/nowhere");
  const { journal } = running.emulator;
  expect(journal.count()).toBe(3);
  expect(journal.count({ method: "GET" })).toBe(2);
  expect(journal.count({ path: "/status-reasons" })).toBe(2);
  expect(journal.count({ method: "GET", path: "/status-reasons" })).toBe(1);
  expect(journal.count({ host: "elsewhere" })).toBe(0);
  journal.clear();
  expect(journal.count()).toBe(0);
});

test("says when requests have been received", async () => {
  const { journal } = running.emulator;
  const twice = journal.whenReceived({ path: "/status-reasons" }, 2);
  await Promise.all([running.call(reasonsPath()), running.call("/nowhere"), running.call(reasonsPath())]);
  await twice;
  expect(journal.count()).toBe(3);
});

test("lets the oldest entries go when it is full", () => {
  const journal = new Journal(20);
  for (let at = 0; at < 100; at += 1) journal.record({ at } as JournalEntry);
  expect(journal.requests.length).toBeLessThanOrEqual(20);
  expect(journal.requests.length).toBeGreaterThanOrEqual(18);
  expect(journal.requests.at(-1)?.at).toBe(99);
});
