import { emulatorAccountId, emulatorEmptyAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";

import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const away = (text: string): object => ({ text, state: "Away" });
const create = (body: unknown): Promise<EmulatorResponse> =>
  running.call(reasonsPath(), { method: "POST", body });

test("makes a reason, chooses the id and raises the revision", async () => {
  const answer = await create({ ...away("Gym"), id: 5, enabled: false, order: 3 });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("ac-revision")).toBe("17891");
  expect(answer.text).toContain('"id":9007199254741001');
  expect(jsonIn(answer)).toMatchObject({
    text: "Gym",
    state: "Away",
    enabled: false,
    deleted: false,
    order: 3,
  });
});

test("enables a reason unless told otherwise, and answers 200 in the current edition", async () => {
  running.emulator.state.edition.createdStatus = 200;
  const answer = await create(away("Gym"));
  expect(answer.status).toBe(200);
  expect(jsonIn(answer)).toMatchObject({ enabled: true });
});

test("makes several in one revision, and returns them in another order", async () => {
  const answer = await create([away("One"), away("Two"), away("Three")]);
  expect(answer.status).toBe(201);
  expect(answer.headers.get("ac-revision")).toBe("17891");
  expect((jsonIn(answer) as { text: string }[]).map(({ text }) => text)).toEqual(["Two", "Three", "One"]);
});

test.each([
  ["a bad one", [away("One"), away("")], 400],
  ["a taken text", [away("One"), away("Lunch")], 409],
  ["the same text twice", [away("One"), away("One")], 409],
])("makes none of several with %s among them", async (_what, body, status) => {
  const answer = await create(body);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("ac-revision")).toBe("17890");
  expect(jsonIn(await running.call(reasonsPath()))).toHaveLength(12);
  expect(running.emulator.journal.writes).toEqual([]);
});

test.each([
  ["100 characters", "x".repeat(100), 201],
  ["a script that is not Latin", "休憩時間", 201],
  ["mild punctuation", "Q1 (review), 1:1 - it's +10% @ 9.30!", 201],
  ["a text that only a deleted reason has", "Smoking break", 201],
  ["a text in another case", "lunch", 201],
  ["a text that is taken", "Lunch", 409],
  ["101 characters", "x".repeat(101), 400],
  ["an empty text", "", 400],
  ["a blank text", "   ", 400],
  ["markup", "<b>Lunch</b>", 400],
  ["an ampersand", "Q&A", 400],
  ["a quotation mark", 'The "break"', 400],
  ["a line feed", "Lunch\nbreak", 400],
  ["a text that is no string", 5, 400],
  ["no text", undefined, 400],
])("checks %s", async (_what, text, status) => {
  expect((await create({ state: "Away", text })).status).toBe(status);
});

test.each([
  ["Online", 201],
  ["Occupied", 201],
  ["Away", 201],
  ["Back Soon", 201],
  ["AWAY", 400],
  ["Offline", 400],
  [undefined, 400],
])("checks the state %s", async (state, status) => {
  expect((await create({ text: "Gym", state })).status).toBe(status);
});

test.each([
  ["no JSON", "{text:"],
  ["no body", ""],
  ["an empty list", []],
  ["a number", 5],
  ["null", null],
  ["a list in a list", [[away("Gym")]]],
  ["enabled that is no boolean", { ...away("Gym"), enabled: "yes" }],
])("refuses %s", async (_what, body) => {
  expect((await create(body)).status).toBe(400);
});

test.each([
  ["a read-only token", emulatorAccountId, emulatorTokens.readOnly, 403],
  ["another account's token", emulatorAccountId, emulatorTokens.otherAccount, 403],
  ["an expired token", emulatorAccountId, emulatorTokens.expired, 401],
  ["an admin's token for the empty account", emulatorEmptyAccountId, emulatorTokens.admin, 201],
])("writes with %s", async (_what, accountId, token, status) => {
  const call = { method: "POST", body: away("Gym"), token };
  expect((await running.call(reasonsPath("", accountId), call)).status).toBe(status);
});
