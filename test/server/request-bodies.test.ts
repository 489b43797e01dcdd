import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";

import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf, startTestGateway, useTestGateway } from "../support/gateway.js";

const query = `query ($t: String) { statusReasons(accountId: "${emulatorAccountId}", filter: { text: $t }) { totalCount } }`;
const text = JSON.stringify({ query, variables: { t: "é" } });
const body = Buffer.from(text);

const mark = Buffer.from("\uFEFF");
const latin1 = Buffer.from(text, "latin1");
const cut = Buffer.concat([Buffer.from(text.replace('é"}}', "")), Buffer.from([0xc3])]);

interface Told {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly acceptEncoding: string | null;
}

async function send(url: string, content: Buffer, headers: Readonly<Record<string, string>>): Promise<Told> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${emulatorTokens.admin}`,
      ...headers,
    },
    body: new Uint8Array(content),
  });
  const result = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
  const [error] = result.errors ?? [];
  const { status } = response;
  const acceptEncoding = response.headers.get("accept-encoding");
  return { status, code: error?.extensions.code, message: error?.message, acceptEncoding };
}

const answered: readonly (readonly [name: string, content: Buffer, headers: Record<string, string>])[] = [
  ["plain", body, {}],
  ["after a byte order mark", Buffer.concat([mark, body]), {}],
  ["with a charset", body, { "content-type": "application/json; charset=utf-8" }],
  ["with a charset in quotes", body, { "content-type": 'application/json;charset="UTF-8"' }],
  ["as it is", body, { "content-encoding": "identity" }],
  ["by gzip", gzipSync(body), { "content-encoding": "gzip" }],
  ["by gzip, after a mark", gzipSync(Buffer.concat([mark, body])), { "content-encoding": "GZIP" }],
  ["by x-gzip", gzipSync(body), { "content-encoding": "x-gzip" }],
  ["by deflate", deflateSync(body), { "content-encoding": "deflate" }],
  ["by deflate without its frame", deflateRawSync(body), { "content-encoding": "deflate" }],
  ["by br", brotliCompressSync(body), { "content-encoding": "br" }],
];

const bomb = gzipSync(Buffer.alloc(200_000_000));
const refused: readonly (readonly [string, Buffer, Record<string, string>, number, string])[] = [
  ["that is Latin-1", latin1, {}, 400, "BAD_REQUEST"],
  ["that ends within a character", cut, {}, 400, "BAD_REQUEST"],
  ["that is UTF-16", Buffer.from(text, "utf16le"), {}, 400, "BAD_REQUEST"],
  ["with two marks", Buffer.concat([mark, mark, body]), {}, 400, "BAD_REQUEST"],
  ["that says Latin-1", body, { "content-type": "application/json; charset=iso-8859-1" }, 400, "BAD_REQUEST"],
  ["that says UTF-16", body, { "content-type": 'application/json; charset="utf-16"' }, 400, "BAD_REQUEST"],
  ["that is Latin-1 by gzip", gzipSync(latin1), { "content-encoding": "gzip" }, 400, "BAD_REQUEST"],
  ["that is not by gzip", body, { "content-encoding": "gzip" }, 400, "BAD_REQUEST"],
  ["that is cut", gzipSync(body).subarray(0, 40), { "content-encoding": "gzip" }, 400, "BAD_REQUEST"],
  ["that is empty", Buffer.alloc(0), { "content-encoding": "gzip" }, 400, "BAD_REQUEST"],
  ["of 200 MB in 200 KB", bomb, { "content-encoding": "gzip" }, 413, "PAYLOAD_TOO_LARGE"],
  ["by zstd", body, { "content-encoding": "zstd" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ["by two codings", gzipSync(body), { "content-encoding": "gzip, gzip" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
  ["by no name", body, { "content-encoding": "__proto__" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
];

describe.each([
  ["a query that is known", "1000"],
  ["any query", "0"],
])("the body of %s", (_name, known) => {
  const gateway = useTestGateway({ COMPILED_OPERATIONS: known });
  beforeEach(async () => {
    for (let time = 0; time < 2; time += 1) dataOf(await gateway.query(query, { t: "é" }));
  });

  // The second time the gateway has seen an answer to such headers.
  it.each(answered)("is read: %s", async (_kind, content, headers) => {
    for (let time = 0; time < 3; time += 1) {
      expect(await send(gateway.url, content, headers)).toMatchObject({ status: 200, code: undefined });
    }
  });

  it.each(refused)("is refused: %s", async (_kind, content, headers, status, code) => {
    for (let time = 0; time < 3; time += 1) {
      const told = await send(gateway.url, content, headers);
      expect(told).toMatchObject({ status, code });
      const isAboutCoding = code === "UNSUPPORTED_MEDIA_TYPE";
      expect(told.acceptEncoding).toBe(isAboutCoding ? "gzip, deflate, br" : null);
    }
  });
});

it("a body may be as long as the limit, compressed or not, and no longer", async () => {
  const gateway = await startTestGateway({ MAX_BODY_BYTES: "2000" });
  const sized = (length: number): Buffer => Buffer.from(text + " ".repeat(length - body.length));
  const encoding = { "content-encoding": "br" };
  expect((await send(gateway.url, sized(2000), {})).status).toBe(200);
  expect((await send(gateway.url, sized(2001), {})).status).toBe(413);
  expect((await send(gateway.url, brotliCompressSync(sized(2000)), encoding)).status).toBe(200);
  expect((await send(gateway.url, brotliCompressSync(sized(2001)), encoding)).status).toBe(413);
  await gateway.stop();
});
