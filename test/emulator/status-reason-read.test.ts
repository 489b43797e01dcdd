import {
  emulatorAccountId,
  emulatorEmptyAccountId,
  emulatorReasonIds as ids,
  emulatorRevisions,
  emulatorSecondAccountId,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";

import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";

const running = useEmulator();

test("lists the reasons that are not deleted, with exact ids", async () => {
  const answer = await running.call(reasonsPath());
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("application/json");
  expect(jsonIn(answer)).toHaveLength(12);
  expect(answer.text).toContain(`"id":${ids.pastDouble},`);
  expect(answer.text).toContain(`"id":${ids.largest},`);
  expect(answer.text).not.toContain(ids.deleted);
});

test("lists deleted ones when asked", async () => {
  const reasons = jsonIn(await running.call(reasonsPath("?v=1.0&include_deleted=true")));
  expect(reasons).toHaveLength(14);
  expect(reasons).toContainEqual(expect.objectContaining({ id: Number(ids.deleted), deleted: true }));
});

test("gives one reason", async () => {
  const answer = await running.call(reasonsPath(`/${ids.lunch}?v=2.0`));
  expect(jsonIn(answer)).toEqual({
    id: 725987312,
    text: "Lunch",
    state: "Away",
    deleted: false,
    enabled: true,
  });
});

test("gives one reason whose id no double holds", async () => {
  const answer = await running.call(reasonsPath(`/${ids.pastDouble}`));
  expect(jsonIn(answer)).toMatchObject({ id: 9007199254740993n, text: "Обед" });
});

test("gives a deleted reason only when asked", async () => {
  expect((await running.call(reasonsPath(`/${ids.deleted}`))).status).toBe(404);
  expect((await running.call(reasonsPath(`/${ids.deleted}?include_deleted=true`))).status).toBe(200);
});

test.each([
  ["no version", reasonsPath(""), 200],
  ["version 4.0", reasonsPath("?v=4.0"), 200],
  ["version 2", reasonsPath("?v=2"), 200],
  ["a version that is no double", reasonsPath("?v=one"), 400],
  ["an empty version", reasonsPath("?v="), 400],
  ["an absent id", reasonsPath("/1"), 404],
  ["an id that is no number", reasonsPath("/lunch"), 400],
  ["id 0", reasonsPath("/0"), 400],
  ["a negative id", reasonsPath("/-5"), 400],
  ["an id past the largest long", reasonsPath("/9223372036854775808"), 400],
  ["an account that does not exist", reasonsPath("", "99999999"), 404],
])("reads with %s", async (_what, path, status) => {
  expect((await running.call(path)).status).toBe(status);
});

test.each([
  ["no token", emulatorAccountId, null, 401],
  ["an unknown token", emulatorAccountId, "made-up", 401],
  ["an expired token", emulatorAccountId, emulatorTokens.expired, 401],
  ["no token for an account that does not exist", "99999999", null, 401],
  ["a read-only token", emulatorAccountId, emulatorTokens.readOnly, 200],
  ["a read-only token of another account", emulatorEmptyAccountId, emulatorTokens.readOnly, 403],
  ["another account's token", emulatorAccountId, emulatorTokens.otherAccount, 403],
  ["its own token", emulatorSecondAccountId, emulatorTokens.otherAccount, 200],
])("reads with %s", async (_what, accountId, token, status) => {
  expect((await running.call(reasonsPath("", accountId), { token })).status).toBe(status);
});

test("knows no scheme but Bearer", async () => {
  const headers = { authorization: `Basic ${emulatorTokens.admin}` };
  expect((await running.call(reasonsPath(), { token: null, headers })).status).toBe(401);
});

describe("the revision", () => {
  const { main, second, empty } = emulatorRevisions;

  test.each([
    ["a list", emulatorAccountId, "", emulatorTokens.admin, main],
    ["one reason", emulatorAccountId, `/${ids.lunch}`, emulatorTokens.admin, main],
    ["a 404", emulatorAccountId, "/1", emulatorTokens.admin, main],
    ["a 400", emulatorAccountId, "?v=x", emulatorTokens.admin, main],
    ["a 401", emulatorAccountId, "", emulatorTokens.expired, main],
    ["a 403", emulatorAccountId, "", emulatorTokens.otherAccount, main],
    ["another account", emulatorSecondAccountId, "", emulatorTokens.otherAccount, second],
    ["an empty account", emulatorEmptyAccountId, "", emulatorTokens.admin, empty],
  ])("is on %s", async (_what, accountId, rest, token, revision) => {
    const { headers } = await running.call(reasonsPath(rest, accountId), { token });
    expect(headers.get("ac-revision")).toBe(revision);
    expect(headers.get("etag")).toBeNull();
  });

  test("comes as a quoted ETag in the older edition", async () => {
    running.emulator.state.edition.revisionHeader = "etag";
    const { headers } = await running.call(reasonsPath());
    expect(headers.get("etag")).toBe(`"${main}"`);
    expect(headers.get("ac-revision")).toBeNull();
  });
});

test.each([
  ["400", reasonsPath("?v=x"), emulatorTokens.admin, /^\{"time":\d+,"message":".+","internalCode":20\}$/],
  ["401", reasonsPath(), "made-up", /^\{"error":"unauthorized","error_description":".+"\}$/],
  ["403", reasonsPath(), emulatorTokens.otherAccount, /^\{"type":"Forbidden","message":".+"\}$/],
  ["404", reasonsPath("/1"), emulatorTokens.admin, /^The status reason was not found\.$/],
])("words a %s in its own way", async (_status, path, token, body) => {
  expect((await running.call(path, { token })).text).toMatch(body);
});
