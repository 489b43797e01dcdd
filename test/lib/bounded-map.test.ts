import { BoundedMap } from "../../src/lib/bounded-map.js";

describe("BoundedMap", () => {
  it("forgets what was used longest ago", () => {
    const map = new BoundedMap<string, number>(2);
    map.set("a", 1);
    map.set("b", 2);
    expect(map.get("a")).toBe(1);
    map.set("c", 3);
    expect(map.get("b")).toBeUndefined();
    expect([...map.values()]).toEqual([1, 3]);
    map.delete("a");
    expect([...map.values()]).toEqual([3]);
  });
});
