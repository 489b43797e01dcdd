import { runMemory } from "../../tools/memory/run-memory.js";

/** The short form; `npm run tool -- memory` is the long one. */
describe("documents without end", () => {
  it("take no more memory than a small heap has, with a token and without", async () => {
    const { deadAfter, documents, usedMiB, lastAnswer } = await runMemory({ rounds: 1, heapMiB: 192 });
    expect(deadAfter).toBeUndefined();
    expect(documents).toBeGreaterThan(2_000);
    // Measured: 45 before and 70 after.
    expect(usedMiB[1] - usedMiB[0]).toBeLessThan(50);
    expect(lastAnswer).toBe('{"data":{"statusReasons":{"revision":"1"}}}\n');
  }, 900_000);
});
