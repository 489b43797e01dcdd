import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";

import { reasonsPath } from "./running-emulator.js";

const namesIn = ({ state }: Emulator): string[] =>
  state
    .account(emulatorAccountId)
    .agents.list()
    .map(({ name, status }) => `${name} ${status}`);

/** Starts one emulator after the other, and stops them all. */
async function withEmulators(seeds: number[], look: (emulators: Emulator[]) => void): Promise<void> {
  const emulators = await Promise.all(seeds.map((seed) => startEmulator({ seed, now: () => 1_000_000 })));
  try {
    look(emulators);
  } finally {
    await Promise.all(emulators.map((emulator) => emulator.stop()));
  }
}

test("makes the same data from the same seed, and other data from another", async () => {
  await withEmulators([1, 1, 2], (emulators) => {
    const [first, again, other] = emulators.map(namesIn);
    expect(first).toHaveLength(300);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

test("serves on the port it is told, or refuses to start where that is taken", async () => {
  const emulator = await startEmulator();
  const { port } = new URL(emulator.origin);
  await expect(startEmulator({ port: Number(port) })).rejects.toThrow("EADDRINUSE");
  await emulator.stop();
});

test("stops at once, with connections kept alive", async () => {
  const emulator = await startEmulator();
  const headers = { authorization: `Bearer ${emulatorTokens.admin}` };
  const call = async (): Promise<number> => {
    const response = await fetch(emulator.origin + reasonsPath(), { headers });
    await response.arrayBuffer();
    return response.status;
  };
  expect(await Promise.all([call(), call(), call()])).toEqual([200, 200, 200]);
  await emulator.stop();
  await expect(call()).rejects.toThrow("fetch failed");
});

test("answers what it did not foresee with a page, and without a word about it", async () => {
  const emulator = await startEmulator();
  jest.spyOn(emulator.state, "account").mockImplementation(() => {
    throw new Error("the cause");
  });
  const headers = { authorization: `Bearer ${emulatorTokens.admin}` };
  const response = await fetch(emulator.origin + reasonsPath(), { headers });
  const text = await response.text();
  await emulator.stop();
  expect([response.status, response.headers.get("content-type")]).toEqual([500, "text/html; charset=utf-8"]);
  expect(text).toMatch(/^<!DOCTYPE html>/);
  expect(text).not.toContain("the cause");
});
