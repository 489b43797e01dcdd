import { emulatorReasonIds as ids, emulatorTokens } from "../../src/emulator/seed/seed.js";

import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const revision = 17890;
const away = (text: string): object => ({ text, state: "Away" });
const create = (body: unknown): Promise<EmulatorResponse> =>
  running.call(reasonsPath(), { method: "POST", body });
const put = (
  id: string,
  body: unknown,
  ifMatch: string | undefined = String(revision),
): Promise<EmulatorResponse> =>
  running.call(reasonsPath(`/${id}?v=1.0`), { method: "PUT", body, headers: { "if-match": ifMatch } });
const remove = (id: string, ifMatch = String(revision)): Promise<EmulatorResponse> =>
  running.call(reasonsPath(`/${id}`), { method: "DELETE", headers: { "if-match": ifMatch } });

describe("update", () => {
  test("replaces the whole reason: what is left out is dropped", async () => {
    const answer = await put(ids.coffeeBreak, { text: "Tea break", state: "Back Soon" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("ac-revision")).toBe("17891");
    expect(jsonIn(answer)).toEqual({
      id: Number(ids.coffeeBreak),
      text: "Tea break",
      state: "Back Soon",
      enabled: false,
      deleted: false,
    });
  });

  test("keeps what is sent along, and takes the id as a number", async () => {
    const id = Number(ids.coffeeBreak);
    const sent = { id, text: "Tea break", state: "Away", enabled: true, deleted: false, order: 2 };
    expect(jsonIn(await put(ids.coffeeBreak, sent))).toEqual(sent);
  });

  test("answers 304 when nothing changes", async () => {
    const current = await running.call(reasonsPath(`/${ids.pastDouble}`));
    const answer = await put(ids.pastDouble, current.text);
    expect(answer.status).toBe(304);
    expect(answer.headers.get("ac-revision")).toBe(String(revision));
    expect(running.emulator.journal.writes).toEqual([]);
  });

  const gym = { text: "Gym", state: "Away", enabled: true };

  test.each([
    ["the current revision", "17890", 200],
    ["the current revision, quoted", '"17890"', 200],
    ["any revision", "-1", 200],
    ["an older revision", "17889", 409],
    ["a later revision", "17891", 409],
    ["no revision", "", 400],
    ["a word", "latest", 400],
  ])("is held against %s", async (_what, ifMatch, status) => {
    expect((await put(ids.lunch, gym, ifMatch)).status).toBe(status);
  });

  test("needs the header If-Match", async () => {
    const call = { method: "PUT", body: gym };
    expect((await running.call(reasonsPath(`/${ids.lunch}`), call)).status).toBe(400);
  });

  test("answers 412 to a stale revision where the edition says so", async () => {
    running.emulator.state.edition.staleStatus = 412;
    const answer = await put(ids.lunch, gym, "1");
    expect(answer.status).toBe(412);
    expect(jsonIn(answer)).toMatchObject({ error: "precondition_failed" });
  });

  test.each([
    ["a taken text", ids.lunch, { ...gym, text: "Training" }, 409],
    ["no text", ids.lunch, { state: "Away" }, 400],
    ["no state", ids.lunch, { text: "Gym" }, 400],
    ["a bad text", ids.lunch, { ...gym, text: "<Gym>" }, 400],
    ["another id in the body", ids.lunch, { ...gym, id: 1 }, 400],
    ["a list", ids.lunch, [gym], 400],
    ["no JSON", ids.lunch, "Gym", 400],
    ["an absent id", "1", gym, 404],
    ["the id of a deleted reason", ids.deleted, gym, 404],
    ["an id that is no number", "lunch", gym, 400],
  ])("refuses %s", async (_what, id, body, status) => {
    expect((await put(id, body)).status).toBe(status);
  });

  test("says 404 before it says 409", async () => {
    expect((await put("1", gym, "5")).status).toBe(404);
  });
});

describe("delete", () => {
  test("is soft, and sets the text free", async () => {
    const answer = await remove(ids.lunch);
    expect([answer.status, answer.text, answer.headers.get("ac-revision")]).toEqual([200, "", "17891"]);
    expect((await running.call(reasonsPath(`/${ids.lunch}`))).status).toBe(404);
    const deleted = await running.call(reasonsPath(`/${ids.lunch}?include_deleted=true`));
    expect(jsonIn(deleted)).toMatchObject({ text: "Lunch", deleted: true });
    expect((await create(away("Lunch"))).status).toBe(201);
  });

  test.each([
    ["any revision", ids.lunch, "-1", 200],
    ["a stale revision", ids.lunch, "5", 409],
    ["an absent id", "1", "-1", 404],
    ["a deleted reason", ids.deleted, "-1", 404],
  ])("goes by %s", async (_what, id, ifMatch, status) => {
    expect((await remove(id, ifMatch)).status).toBe(status);
  });

  test("needs the header If-Match, and the right to write", async () => {
    const path = reasonsPath(`/${ids.lunch}`);
    expect((await running.call(path, { method: "DELETE" })).status).toBe(400);
    const token = emulatorTokens.readOnly;
    expect((await running.call(path, { method: "DELETE", token })).status).toBe(403);
  });

  test("answers 204 where the edition says so", async () => {
    running.emulator.state.edition.deletedStatus = 204;
    expect((await remove(ids.lunch)).status).toBe(204);
  });
});

describe("a tunnelled write", () => {
  const tunnel = (verb: string | undefined, body?: unknown): Promise<EmulatorResponse> =>
    running.call(reasonsPath(`/${ids.lunch}`), {
      method: "POST",
      body,
      headers: { "if-match": "-1", ...(verb === undefined ? {} : { "x-http-method-override": verb }) },
    });

  test("updates", async () => {
    const answer = await tunnel("PUT", { text: "Gym", state: "Away", enabled: true });
    expect(jsonIn(answer)).toMatchObject({ id: 725987312, text: "Gym" });
  });

  test("deletes", async () => {
    expect((await tunnel("DELETE")).status).toBe(200);
    expect((await running.call(reasonsPath(`/${ids.lunch}`))).status).toBe(404);
  });

  test.each([undefined, "PATCH"])("needs a verb it knows: %s", async (verb) => {
    const answer = await tunnel(verb, {});
    expect([answer.status, answer.text]).toEqual([405, ""]);
  });
});

test("writes are in the journal, once they are applied", async () => {
  await create([away("One"), away("Two")]);
  await put(ids.lunch, { text: "Gym", state: "Away" }, "-1");
  await remove(ids.lunch, "-1");
  await remove(ids.lunch, "-1");
  expect(
    running.emulator.journal.writes.map(({ kind, reason, revision: made }) => [kind, reason.text, made]),
  ).toEqual([
    ["create", "One", 17891n],
    ["create", "Two", 17891n],
    ["update", "Gym", 17892n],
    ["delete", "Gym", 17893n],
  ]);
});
