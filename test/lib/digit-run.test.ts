import fc from "fast-check";

import { hasDigitRun } from "../../src/lib/json.js";

/** Digits mostly, and what is next to them in the character table. */
const text = fc.string({ unit: fc.constantFrom("0", "1", "5", "9", "0", "7", "/", ":", "é"), maxLength: 80 });

describe("hasDigitRun", () => {
  it.each([1, 2, 5, 16])("finds %d digits in a row wherever a regular expression does", (length) => {
    fc.assert(
      fc.property(text, (some) => {
        expect(hasDigitRun(some, length)).toBe(new RegExp(`[0-9]{${length}}`).test(some));
      }),
      { numRuns: 1000 },
    );
  });

  it("finds a run at every place", () => {
    for (let before = 0; before < 40; before += 1) {
      const padding = "x".repeat(before);
      expect(hasDigitRun(`${padding}${"7".repeat(16)}x`, 16)).toBe(true);
      expect(hasDigitRun(`${padding}${"7".repeat(15)}x`, 16)).toBe(false);
    }
  });
});
