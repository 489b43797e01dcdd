import { createHash } from "node:crypto";

import fc from "fast-check";

import { openText, sealedName, sealText } from "../../src/shared-state/sealed-text.js";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
/** What has a hash in UTF-8. */
const texts = fc.string({ unit: "grapheme", maxLength: 200 });

describe("a sealed text", () => {
  it("is opened by its own hash, and by no other", () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        const sealed = sealText(hashOf(text), text);
        expect(openText(hashOf(text), sealed)).toBe(text);
        if (other !== text) expect(openText(hashOf(other), sealed)).toBeUndefined();
      }),
    );
  });

  it("is not opened once a byte of it has changed, or is missing", () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, by) => {
        const sealed = sealText(hashOf(text), text);
        const changed = Buffer.from(sealed);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ by;
        expect(openText(hashOf(text), changed)).toBeUndefined();
        expect(openText(hashOf(text), sealed.subarray(0, index))).toBeUndefined();
      }),
    );
  });

  it("is not opened where somebody who knows the hash has sealed another text", () => {
    expect(openText(hashOf("{ a }"), sealText(hashOf("{ a }"), "{ b }"))).toBeUndefined();
  });

  it("tells a reader neither the text nor the hash", () => {
    const text = "{ statusReasons(accountId: 12345678) { totalCount } }";
    const stored = sealText(hashOf(text), text).toString("latin1") + sealedName(hashOf(text));
    expect(stored).not.toContain("12345678");
    expect(stored).not.toContain(hashOf(text).slice(0, 8));
  });
});
