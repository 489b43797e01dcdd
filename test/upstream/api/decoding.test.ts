import { decodeAgentState, encodeAgentState } from "../../../src/upstream/api/agent-state.js";
import { decodeId } from "../../../src/lib/id.js";
import { decodeRetryAfter } from "../../../src/upstream/http/retry-after.js";
import { decodeRevision } from "../../../src/upstream/api/revision.js";
import { decodeStatusReason } from "../../../src/upstream/api/status-reason.record.js";
import { upstreamMessage } from "../../../src/upstream/http/refusal.js";

describe("decodeAgentState", () => {
  it.each([
    ["Online", "ONLINE"],
    ["Occupied", "OCCUPIED"],
    ["Away", "AWAY"],
    ["Back Soon", "BACK_SOON"],
    ["BACK_SOON", "BACK_SOON"],
    ["OFFLINE", "OFFLINE"],
    ["away", "AWAY"],
    ["LUNCHING", "UNKNOWN"],
    ["", "UNKNOWN"],
    ["UNKNOWN", "UNKNOWN"],
    ["constructor", "UNKNOWN"],
  ])("reads %j as %s", (wire, state) => {
    expect(decodeAgentState(wire)).toBe(state);
  });

  it("reads back what it writes", () => {
    for (const state of ["ONLINE", "OCCUPIED", "AWAY", "BACK_SOON", "OFFLINE"] as const) {
      expect(decodeAgentState(encodeAgentState(state))).toBe(state);
    }
  });
});

describe("decodeId", () => {
  it.each([
    [725987312, "725987312"],
    ["725987312", "725987312"],
    [9223372036854775807n, "9223372036854775807"],
    [9223372036854775808n, undefined],
    [9007199254740992, undefined],
    [0, undefined],
    [-1, undefined],
    [1.5, undefined],
    ["007", undefined],
    ["1e3", undefined],
    ["", undefined],
    [null, undefined],
    [{}, undefined],
  ])("reads %p as %p", (wire, id) => {
    expect(decodeId(wire)).toBe(id);
  });
});

describe("decodeRevision", () => {
  it.each([
    [{ "ac-revision": "17890" }, "17890"],
    [{ etag: '"17890"' }, "17890"],
    [{ etag: 'W/"17890"' }, "17890"],
    [{ etag: "17890" }, "17890"],
    [{ "ac-revision": "2", etag: '"1"' }, "2"],
    [{ "ac-revision": "9223372036854775807" }, "9223372036854775807"],
    [{ "ac-revision": ["17", "17"] }, "17"],
    [{ "ac-revision": "17, 17" }, "17"],
    [{ "ac-revision": " 17 ,17," }, null],
    [{ "ac-revision": ["17", "18"] }, null],
    [{ "ac-revision": "17, 18", etag: '"18"' }, "18"],
    [{ "ac-revision": "", etag: '"18"' }, "18"],
    [{ "ac-revision": "017" }, "17"],
    [{ "ac-revision": "0" }, "0"],
    [{ etag: '"17-gzip"' }, "17"],
    [{ etag: 'W/"17--gzip"' }, "17"],
    [{ etag: '"17;br"' }, "17"],
    [{ "ac-revision": "9223372036854775808" }, null],
    [{ "ac-revision": "9".repeat(30) }, null],
    [{ "ac-revision": "9".repeat(10_000) }, null],
    [{ "ac-revision": "-17" }, null],
    [{ "ac-revision": "17.5" }, null],
    [{ "ac-revision": "0x11" }, null],
    [{ "ac-revision": "" }, null],
    [{ etag: '"33a64df5"' }, null],
    [{}, null],
  ])("reads %j as %p", (headers, revision) => {
    expect(decodeRevision(headers)).toBe(revision);
  });
});

describe("decodeRetryAfter", () => {
  const nowMs = Date.parse("2026-01-01T00:00:00Z");

  it.each([
    ["7", 7],
    ["0", 1],
    [undefined, 1],
    ["soon", 1],
    ["Thu, 01 Jan 2026 00:00:09 GMT", 9],
    ["Wed, 31 Dec 2025 23:59:59 GMT", 1],
    ["Thursday, 01-Jan-26 00:00:09 GMT", 9],
    ["Friday, 31-Dec-99 23:59:59 GMT", 1],
    ["Thu Jan  1 00:00:09 2026", 9],
    ["Sat Jan 10 00:00:00 2026", 9 * 24 * 60 * 60],
    ["Jan 1 2027", 1],
    ["2026-01-01T01:00:00Z", 1],
    ["1.5e3", 1],
    ["-5", 1],
    ["", 1],
    [["3", "5"], 5],
    [["soon", "3"], 3],
    ["3, 5,4", 5],
    ["3,", 1],
    ["9".repeat(400), 2 ** 31],
  ])("reads %p as %d s", (header, seconds) => {
    expect(decodeRetryAfter(header, nowMs)).toBe(seconds);
  });
});

describe("decodeStatusReason", () => {
  const wire = { id: 1, text: "Lunch", state: "Away", enabled: true, deleted: false };

  it("keeps every attribute for the way back", () => {
    expect(decodeStatusReason("a", { ...wire, order: 3 })?.attributes).toEqual({ ...wire, order: 3 });
  });

  it("takes a boolean that was dropped for false", () => {
    const { enabled, deleted, ...rest } = wire;
    expect([enabled, deleted]).toEqual([true, false]);
    expect(decodeStatusReason("a", rest)).toMatchObject({ enabled: false, deleted: false });
  });

  it.each([
    ["a list", []],
    ["null", null],
    ["a string", "Lunch"],
    ["no id", { ...wire, id: undefined }],
    ["an id that lost its exactness", { ...wire, id: 2 ** 53 }],
    ["no text", { ...wire, text: undefined }],
    ["a number for a text", { ...wire, text: 5 }],
    ["no state", { ...wire, state: undefined }],
    ["a word for a boolean", { ...wire, enabled: "yes" }],
    [
      "what nests without end",
      { ...wire, order: JSON.parse("[".repeat(50_000) + "]".repeat(50_000)) as unknown },
    ],
  ])("refuses %s", (_name, value) => {
    expect(decodeStatusReason("a", value)).toBeUndefined();
  });
});

describe("upstreamMessage", () => {
  it.each([
    ['{"message":"text is taken"}', "text is taken"],
    ['{"error":"bad","error_description":"text is taken"}', "text is taken"],
    ['{"error":"bad"}', "bad"],
    ['{"time":1,"message":"two\\nlines\\u0000","internalCode":20}', "two lines"],
    [`{"message":"${"x".repeat(300)}"}`, `${"x".repeat(199)}…`],
    ['{"message":""}', undefined],
    ['{"message":{"a":1}}', undefined],
    ['{"message":"<b>no</b>"}', undefined],
    ['{"message":"see https://internal.example/x"}', undefined],
    ['{"message":"va.ac.example did not answer"}', undefined],
    ['{"message":"bad token s3cr3t"}', undefined],
    ["plain text", undefined],
    ["<html></html>", undefined],
    ["[1]", undefined],
    ["null", undefined],
    ["", undefined],
  ])("of %j is %p", (body, message) => {
    expect(upstreamMessage(body, ["s3cr3t", "va.ac.example"])).toBe(message);
  });
});
