import { Decoder, RESP_TYPES } from "ioredis/built/resp/decoder.js";
import fc from "fast-check";

import { RespScanner } from "../../src/shared-state/resp-scanner.js";
import type { RespMessage } from "../../src/shared-state/resp-scanner.js";

/** A value of the protocol: its bytes, and what is to be said of it. */
interface Value {
  readonly bytes: string;
  readonly type: string;
  readonly words: readonly string[];
  /** Itself and what is in it. */
  readonly count: number;
  readonly isText: boolean;
}

const line = fc.string({ unit: "grapheme-ascii", maxLength: 12 });
const scalar = (type: string, text: fc.Arbitrary<string>): fc.Arbitrary<Value> =>
  text.map((word) => ({
    ...{ bytes: `${type}${word}\r\n`, type, words: [word], count: 1, isText: type === "+" || type === ":" },
  }));
const block = (type: string, text: fc.Arbitrary<string>): fc.Arbitrary<Value> =>
  text.map((word) => ({
    ...{ bytes: `${type}${word.length}\r\n${word}\r\n`, type, words: [word], count: 1, isText: type !== "!" },
  }));
const nothing = (bytes: string, type: string): fc.Arbitrary<Value> =>
  fc.constant({ bytes, type, words: type === "_" ? [""] : [], count: 1, isText: false });
const binary = fc.string({ unit: fc.constantFrom("a", "\r", "\n", "$", "\0", "ÿ"), maxLength: 9 });

const simple = fc.oneof(
  scalar("+", line),
  scalar("-", line),
  scalar(":", fc.integer().map(String)),
  scalar("#", fc.constantFrom("t", "f")),
  scalar(",", fc.constantFrom("1.5", "-2e10", "inf", "nan")),
  block("$", binary),
  block("!", binary),
  block(
    "=",
    binary.map((text) => `txt:${text}`),
  ),
  nothing("_\r\n", "_"),
  nothing("$-1\r\n", "$"),
  nothing("*-1\r\n", "*"),
);

const { value } = fc.letrec<{ value: Value; list: Value }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthIdentifier: "value" }, simple, tie("list")),
  list: fc
    .tuple(fc.constantFrom("*", "~", "%"), fc.array(tie("value"), { maxLength: 4, depthIdentifier: "value" }))
    .map(([type, given]) => {
      const items = type === "%" ? [...given, ...given] : given;
      return {
        bytes: `${type}${given.length}\r\n${items.map(({ bytes }) => bytes).join("")}`,
        type,
        words: items.flatMap(({ words }) => words).slice(0, 2),
        count: items.reduce((sum, { count }) => sum + count, 1),
        isText: false,
        areTexts: items.every(({ isText }) => isText),
      };
    }),
}));

/** Messages of a channel are in no other value. */
const message = fc.oneof(
  { weight: 3, arbitrary: value },
  fc.array(value, { maxLength: 3 }).map((items): Value & { areTexts: boolean } => ({
    bytes: `>${items.length}\r\n${items.map(({ bytes }) => bytes).join("")}`,
    type: ">",
    words: items.flatMap(({ words }) => words).slice(0, 2),
    count: items.reduce((sum, { count }) => sum + count, 1),
    isText: false,
    areTexts: items.every(({ isText }) => isText),
  })),
);

/** The bytes in pieces, which end at any of them. */
function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

function scan(pieces: readonly Buffer[]): RespMessage[] {
  const messages: RespMessage[] = [];
  const scanner = new RespScanner((message) => messages.push(message));
  for (const piece of pieces) scanner.write(piece);
  return messages;
}

/** How many messages the client reads. */
function decode(pieces: readonly Buffer[]): number {
  let count = 0;
  const add = (): void => {
    count += 1;
  };
  const mapping = { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer };
  const decoder = new Decoder({
    ...{ onReply: add, onErrorReply: add, onPush: add },
    getTypeMapping: () => mapping,
  });
  for (const piece of pieces) if (piece.length > 0) decoder.write(piece);
  return count;
}

const cuts = fc.array(fc.nat(), { maxLength: 6 });

describe("the scanner of the Redis protocol", () => {
  it("tells the messages of a stream, wherever its pieces end", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), cuts, (values, ends) => {
        const bytes = Buffer.from(values.map((each) => each.bytes).join(""), "latin1");
        expect(scan(piecesOf(bytes, ends))).toEqual(
          values.map(({ type, words, count, ...rest }) => ({
            ...{ type, words, elements: count - 1 },
            isFlat: "areTexts" in rest ? rest.areTexts : !(bytes.length === 0) && !isNull(type, words),
          })),
        );
      }),
    );
  });

  it("lets nothing pass that the client cannot read, or would read as other messages", () => {
    const change = fc.tuple(
      fc.nat(),
      fc.nat(1),
      fc.string({ unit: fc.constantFrom(...Array.from("\r\n*$%>+-:19_ax")), maxLength: 3 }),
    );
    let passed = 0;
    fc.assert(
      fc.property(
        ...([fc.array(message, { minLength: 1, maxLength: 5 }), cuts, change] as const),
        (values, ends, [at, without, added]) => {
          const bytes = values.map((each) => each.bytes).join("");
          const index = at % bytes.length;
          // A last message ends a line that the change has left open.
          const changed = `${bytes.slice(0, index)}${added}${bytes.slice(index + without)}+\r\n`;
          const pieces = piecesOf(Buffer.from(changed, "latin1"), ends);
          let messages: number;
          try {
            messages = scan(pieces).length;
          } catch {
            return;
          }
          passed += 1;
          // It reads some a little before their last byte.
          expect([messages, messages + 1]).toContain(decode(pieces));
        },
      ),
      { numRuns: 2000 },
    );
    expect(passed).toBeGreaterThan(50);
  });

  it.each([
    "$1048577\r\n",
    "$999999999\r\n",
    "$9999999999999\r\n",
    "$-2\r\n",
    "*20001\r\n",
    "%10001\r\n",
    "*10000\r\n*10001\r\n",
    ">-1\r\n",
    "=3\r\n",
    "|1\r\n",
    "\r\n",
    "+a\rb\r\n",
    "+a\n",
    ":1.5\r\n",
    "$1\r\nab\r\n",
    "$1\r\na\n",
    "*1\r\n>0\r\n",
    "*1\r\n".repeat(9),
  ])("refuses %j at once", (bytes) => {
    expect(() => scan([Buffer.from(bytes)])).toThrow();
  });

  it.each(["+", "$900000\r\n", "*20000\r\n"])("refuses more than a megabyte after %j", (start) => {
    const scanner = new RespScanner(() => undefined);
    scanner.write(Buffer.from(start));
    const item = start.startsWith("*") ? `$40000\r\n${"x".repeat(40_000)}\r\n` : "x".repeat(40_000);
    expect(() => {
      for (let index = 0; index < 30; index += 1) scanner.write(Buffer.from(item));
    }).toThrow();
  });
});

function isNull(type: string, words: readonly string[]): boolean {
  return words.length === 0 && (type === "$" || type === "*");
}
