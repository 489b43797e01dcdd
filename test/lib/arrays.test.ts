import fc from "fast-check";

import { swapRemove } from "../../src/lib/arrays.js";

describe("swapRemove", () => {
  it("takes out one item and leaves all others", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(), (items, which) => {
        const taken = items[which % items.length] ?? 0;
        const left = [...items];
        swapRemove(left, taken);
        expect(left.sort()).toEqual(items.filter((item) => item !== taken).sort());
      }),
    );
  });

  it("leaves all where the item is not among them", () => {
    const items = ["a", "b"];
    swapRemove(items, "c");
    expect(items).toEqual(["a", "b"]);
  });
});
