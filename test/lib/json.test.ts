import fc from "fast-check";

import { parseJson, stringifyJson } from "../../src/lib/json.js";

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe("parseJson", () => {
  it("keeps every 64-bit integer exact", () => {
    fc.assert(
      fc.property(long, (id) => {
        const { id: parsed } = parseJson(`{"id":${id},"text":"x"}`) as { id: number | bigint };
        expect(BigInt(parsed)).toBe(id);
      }),
    );
  });

  it("agrees with JSON.parse wherever no integer is past 2^53", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        fc.pre(!/\d{16}/.test(text) && !text.includes("__proto__"));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(["", "<html></html>", '{"id":1', "undefined", '{"id":9007199254740993'])("refuses %j", (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it("decodes longs as told", () => {
    expect(parseJson("[9007199254740993,9007199254740991]", String)).toEqual([
      "9007199254740993",
      9007199254740991,
    ]);
  });

  it("does not take the digits of a fraction for a long", () => {
    expect(parseJson('{"load":0.1333333333333333333,"id":1}')).toEqual({ load: 0.13333333333333333, id: 1 });
  });
});

describe("stringifyJson", () => {
  it("writes a bigint as the number it is", () => {
    fc.assert(
      fc.property(long, (id) => {
        expect(stringifyJson({ id, text: "x" })).toBe(`{"id":${id},"text":"x"}`);
      }),
    );
  });

  it("writes back what it parsed, digit for digit", () => {
    const text = '{"id":9223372036854775807,"weight":1234567890123456.75,"order":3}';
    expect(stringifyJson(parseJson(text))).toBe(text);
  });
});
