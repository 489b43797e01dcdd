import fc from "fast-check";

import { measureChunks } from "../../src/fast-path/response-body.js";

const text = fc.string({ unit: fc.constantFrom("a", "\u007f", "\u0080", "é", "\u00ff", "漢", "\u{1f600}") });
const chunk = fc.oneof(
  fc.string(),
  text,
  text.map((some) => Buffer.from(some)),
);

describe("measure", () => {
  it("says how chunks are to be written to be sent as UTF-8", () => {
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 5 }), (chunks) => {
        const { length, encoding } = measureChunks(chunks);
        const asTold = chunks.map((some) => (typeof some === "string" ? Buffer.from(some, encoding) : some));
        const asUtf8 = chunks.map((some) => (typeof some === "string" ? Buffer.from(some) : some));
        expect(Buffer.concat(asTold)).toEqual(Buffer.concat(asUtf8));
        expect(length).toBe(Buffer.concat(asUtf8).length);
      }),
    );
  });

  it("takes ASCII for Latin-1, which it is", () => {
    expect(measureChunks(["{", Buffer.from("é"), "}"])).toEqual({ length: 4, encoding: "latin1" });
    expect(measureChunks(["é"])).toEqual({ length: 2, encoding: "utf8" });
  });
});
