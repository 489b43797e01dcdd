import fc from "fast-check";
import { Pool } from "undici";

import { body, headerInput, httpLines, path, search } from "../support/bad-input.js";
import type { BadRequest } from "../support/bad-input.js";
import { startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { sendRaw } from "../support/raw-http.js";
import { inputsOf } from "../support/run-length.js";

/** Inputs of each kind; in a long run they are over 20,000 together. */
const bodies = inputsOf(11_000);
const searches = inputsOf(4_500);
const headers = inputsOf(3_000);
const rawRequests = inputsOf(2_000);

/** Another seed is other inputs; what fails under this one fails each time. */
const seed = 20_000;

/** Sent side by side, over as many connections. */
const concurrency = 32;

/** Far over what any answer takes: past it, the gateway hangs. */
const patienceMs = 10_000;

/** For slow machines. */
const timeLimitMs = 180_000;

/** pino's number for a warning: nothing a caller sends is worth one. */
const warning = 40;

const stack =
  /"code":"INTERNAL_SERVER_ERROR"|node_modules|\.[jt]s:\d|\bat \S+ \(|RangeError|TypeError|SyntaxError/;

const json = { "content-type": "application/json", authorization: "Bearer emulator-admin-token" };

describe("bad input", () => {
  let gateway: TestGateway;
  let pool: Pool;
  beforeAll(async () => {
    gateway = await startTestGateway();
    pool = new Pool(gateway.origin, {
      connections: concurrency,
      headersTimeout: patienceMs,
      bodyTimeout: patienceMs,
    });
  });
  afterAll(async () => {
    await pool.close();
    await gateway.stop();
  });
  afterEach(async () => {
    expect(gateway.log.lines().filter(({ level }) => Number(level) >= warning)).toEqual([]);
    expect((await fetch(`${gateway.origin}/readyz`)).status).toBe(200);
  });

  it.each([
    [
      "bodies",
      bodies,
      body.map((text): BadRequest => ({ method: "POST", path: "/graphql", headers: json, body: text })),
    ],
    [
      "search parameters",
      searches,
      fc.tuple(path, search).map(([at, text]): BadRequest => ({
        method: "GET",
        path: `${at}?${text}`,
        headers: { "apollo-require-preflight": "1" },
      })),
    ],
  ] as [string, number, fc.Arbitrary<BadRequest>][])(
    "in %s is refused, and no more than that",
    async (_name, count, input) => {
      await allOf(input, count, async ({ method, path: at, headers: sent, body: content }) => {
        const answer = await pool.request({ method, path: at, headers: sent, body: content ?? null });
        judge(answer.statusCode, await answer.body.text());
      });
    },
    timeLimitMs,
  );

  it(
    "in headers is refused, and no more than that",
    async () => {
      await allOf(headerInput, headers, async ({ method, path: at, headers: sent, body: content = "" }) => {
        const head = Object.entries({
          host: "a",
          ...sent,
          "content-length": content.length,
          connection: "close",
        });
        const lines = [
          `${method} ${at} HTTP/1.1`,
          ...head.map(([name, text]) => `${name}: ${text}`),
          "",
          content,
        ];
        judgeRaw(await sendRaw(gateway.origin, lines.join("\r\n")));
      });
    },
    timeLimitMs,
  );

  it(
    "that is not even HTTP is refused, and no more than that",
    async () => {
      await allOf(httpLines, rawRequests, async (lines) => {
        const bytes = `${lines.join("\r\n")}\r\nConnection: close\r\n\r\n\r\n0\r\n\r\n`;
        judgeRaw(await sendRaw(gateway.origin, Buffer.from(bytes, "latin1")));
      });
    },
    timeLimitMs,
  );
});

/** Runs `check` on `count` inputs, many at a time; what fails is printed. */
async function allOf<T>(
  arbitrary: fc.Arbitrary<T>,
  count: number,
  check: (input: T) => Promise<void>,
): Promise<void> {
  const batches = fc.array(arbitrary, { minLength: concurrency, maxLength: concurrency, size: "max" });
  const property = fc.asyncProperty(batches, async (batch) => {
    await Promise.all(batch.map(check));
  });
  await fc.assert(property, { seed, numRuns: Math.ceil(count / concurrency), endOnFailure: true });
}

/** Every answer of a connection. */
function judgeRaw(text: string): void {
  for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d+)/gm)) judge(Number(status), text);
}

function judge(status: number, text: string): void {
  if (status >= 500 || stack.test(text)) throw new Error(`${status}: ${text.slice(0, 500)}`);
}
