import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";

import { dataOf, errorOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { rawResponse, startRawUpstream } from "../../support/raw-upstream.js";
import type { RawUpstream } from "../../support/raw-upstream.js";

const lunch = { id: 725987312, text: "Lunch", state: "Away", enabled: true, deleted: false };
const list = JSON.stringify([lunch]);
const query = `{ statusReasons(accountId: "12345678") { revision nodes { text } } }`;

describe("an upstream behind HTTP that is merely old, or odd", () => {
  let upstream: RawUpstream;
  let gateway: TestGateway;
  let answer: (request: string) => Uint8Array | readonly Uint8Array[];
  beforeAll(async () => {
    upstream = await startRawUpstream((request) => answer(request));
    gateway = await startTestGateway({ UPSTREAM: upstream.origin, UPSTREAM_TIMEOUT_MS: "5000" });
  });
  afterAll(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  async function ask(bytes: Uint8Array | readonly Uint8Array[]) {
    answer = () => bytes;
    const before = upstream.requests.length;
    return { answered: await gateway.query(query), calls: () => upstream.requests.length - before };
  }

  const ok = rawResponse(list, ["ac-revision: 17"]);
  const unasked = Buffer.from("HTTP/1.1 100 Continue\r\n\r\n");

  it.each<[string, Uint8Array | readonly Uint8Array[]]>([
    ["100 Continue", Buffer.concat([unasked, ok])],
    ["100 Continue with headers", Buffer.concat([Buffer.from("HTTP/1.1 100 C\r\nx: y\r\n\r\n"), ok])],
    ["100 Continue by itself", [unasked, ok]],
    [
      "100 Continue twice, in pieces",
      [unasked, Buffer.from("HTTP/1.1 100 Co"), Buffer.from("ntinue\r\n\r\n"), ok],
    ],
    [
      "several interim responses at once",
      Buffer.concat([
        Buffer.from("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"),
        unasked,
        ok,
      ]),
    ],
    ["103 Early Hints", Buffer.concat([Buffer.from("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"), ok])],
    ["a revision twice", rawResponse(list, ["ac-revision: 17", "AC-Revision: 17"])],
    ["a revision that was joined", rawResponse(list, ["ac-revision: 17, 17"])],
    ["an ETag that tells the encoding", rawResponse(list, ['ETag: "17-gzip"'])],
    ["a weak ETag", rawResponse(list, ['ETag: W/"17"'])],
    ["gzip", rawResponse(gzipSync(list), ["ac-revision: 17", "Content-Encoding: gzip"])],
    ["x-gzip", rawResponse(gzipSync(list), ["ac-revision: 17", "Content-Encoding: X-GZIP"])],
    ["Brotli", rawResponse(brotliCompressSync(list), ["ac-revision: 17", "Content-Encoding: br"])],
    ["deflate", rawResponse(deflateSync(list), ["ac-revision: 17", "Content-Encoding: deflate"])],
    [
      "deflate without zlib's header",
      rawResponse(deflateRawSync(list), ["ac-revision: 17", "Content-Encoding: deflate"]),
    ],
    [
      "two encodings",
      rawResponse(brotliCompressSync(gzipSync(list)), ["ac-revision: 17", "Content-Encoding: gzip, br"]),
    ],
    ["identity", rawResponse(list, ["ac-revision: 17", "Content-Encoding: identity"])],
    [
      "HTTP/1.0 that ends with the connection",
      Buffer.from(`HTTP/1.0 200 OK\r\nac-revision: 17\r\n\r\n${list}`),
    ],
    ["a status line without a reason", rawResponse(list, ["ac-revision: 17"], "HTTP/1.1 200")],
    [
      "Latin-1 that it declares",
      rawResponse(Buffer.from(list, "latin1"), [
        "ac-revision: 17",
        "Content-Type: application/json; charset=iso-8859-1",
      ]),
    ],
    [
      "a charset in the wrong quotes",
      rawResponse(list, ["ac-revision: 17", "Content-Type: application/json; charset='utf-8'"]),
    ],
    ["a byte order mark", rawResponse(`\uFEFF${list}`, ["ac-revision: 17"])],
  ])("is understood with %s", async (_what, bytes) => {
    const { answered, calls } = await ask(bytes);
    expect(dataOf(answered)).toEqual({ statusReasons: { revision: "17", nodes: [{ text: "Lunch" }] } });
    expect(calls()).toBe(1);
  });

  it.each<[string, string[]]>([
    ["past 64 bits", ["ac-revision: 9223372036854775808"]],
    ["negative", ["ac-revision: -1"]],
    ["garbage", ["ac-revision: \xe9toile"]],
    ["empty", ["ac-revision:"]],
    ["two that differ", ["ac-revision: 17", "ac-revision: 18"]],
  ])("tells no revision where it is %s", async (_what, headers) => {
    const { answered } = await ask(rawResponse(list, headers));
    expect(dataOf(answered)).toEqual({ statusReasons: { revision: null, nodes: [{ text: "Lunch" }] } });
  });

  const raw = (text: string) => Buffer.from(text, "latin1");
  const tooMuch = gzipSync(Buffer.alloc(33 * 1024 * 1024, " "));

  it.each<[string, Buffer]>([
    ["lines that end with LF only", raw(`HTTP/1.1 200 OK\nContent-Length: 2\n\n[]`)],
    ["folded headers", raw("HTTP/1.1 200 OK\r\nac-revision: 1\r\n 7\r\nContent-Length: 2\r\n\r\n[]")],
    ["101 Switching Protocols", raw("HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n")],
    ["a status of 99", raw("HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\n[]")],
    ["what is no HTTP", raw("\x15\x03\x01\x00\x02\x02\x28")],
    ["two lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]")],
    ["a broken chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]")],
    ["headers without end", raw(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(20_000)}\r\n\r\n`)],
    ["an encoding that nobody asked for", rawResponse(list, ["Content-Encoding: zstd"])],
    ["an encoding named like a member", rawResponse(list, ["Content-Encoding: constructor"])],
    ["gzip that is cut off", rawResponse(gzipSync(list).subarray(0, 20), ["Content-Encoding: gzip"])],
    ["gzip that is none", rawResponse(list, ["Content-Encoding: gzip"])],
    ["Brotli that is none", rawResponse(list, ["Content-Encoding: br"])],
    ["too many encodings", rawResponse(list, ["Content-Encoding: gzip, gzip, gzip, gzip"])],
    ["more than may be when inflated", rawResponse(tooMuch, ["Content-Encoding: gzip"])],
    ["Latin-1 that is not declared", rawResponse(Buffer.from(list.replace("Lunch", "Café"), "latin1"))],
    ["a charset that is not known", rawResponse(list, ["Content-Type: application/json; charset=klingon"])],
  ])("is not understood with %s", async (_what, bytes) => {
    const { answered, calls } = await ask(bytes);
    expect(errorOf(answered).extensions).toMatchObject({
      code: "UPSTREAM_INVALID_RESPONSE",
      retryable: false,
      upstream: { service: "accountConfigReadOnly", operation: "listStatusReasons" },
    });
    expect(calls()).toBe(1);
    expect(gateway.log.text()).not.toMatch(/unexpected|Café|folded/);
  });

  it("refuses by its status, whatever its body", async () => {
    const { answered } = await ask(
      rawResponse("no gzip", ["Content-Encoding: gzip"], "HTTP/1.1 403 Forbidden"),
    );
    expect(errorOf(answered).extensions).toMatchObject({ code: "FORBIDDEN", upstream: { status: 403 } });
  });

  it("is told what is decoded", async () => {
    await ask(ok);
    expect(upstream.requests.at(-1)).toMatch(/^accept-encoding: gzip, deflate, br\r$/m);
  });

  it("gets back what it said, character for character", async () => {
    const odd = { ...lunch, text: "Caf\u00e9 \ud83d\ude00", note: "\ud800 alone \uFFFD" };
    answer = (request) => {
      const text = JSON.stringify(odd);
      const isLatin1 = request.startsWith("GET");
      const escaped = text.replace(/[\u0100-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
      return isLatin1
        ? rawResponse(Buffer.from(escaped, "latin1"), [
            "ac-revision: 17",
            "Content-Type: application/json; charset=latin1",
          ])
        : rawResponse(text, ["ac-revision: 18"]);
    };
    const update = `mutation { updateStatusReason(accountId: "12345678", id: "725987312", input: { enabled: false })
      { statusReason { text } } }`;
    expect(dataOf(await gateway.query(update))).toEqual({
      updateStatusReason: { statusReason: { text: odd.text } },
    });
    const put = upstream.requests.at(-1) ?? "";
    expect(JSON.parse(put.slice(put.indexOf("\r\n\r\n")))).toEqual({ ...odd, enabled: false });
    expect(put).toContain(String.raw`\ud800 alone`);
  });

  it("gets nothing back where it cannot be read", async () => {
    answer = () =>
      rawResponse(Buffer.from(JSON.stringify({ ...lunch, text: "Café" }), "latin1"), ["ac-revision: 17"]);
    const before = upstream.requests.length;
    const update = `mutation { updateStatusReason(accountId: "12345678", id: "725987312", input: { enabled: false })
      { statusReason { text } } }`;
    expect(errorOf(await gateway.query(update)).extensions["code"]).toBe("UPSTREAM_INVALID_RESPONSE");
    expect(upstream.requests.slice(before).map((request) => request.split(" ")[0])).toEqual(["GET"]);
  });
});
