import fc from "fast-check";

import { AbortSource } from "../../src/lib/abort.js";
import type { AbortSignalLike } from "../../src/lib/abort.js";

/** What some listeners, who come and go, hear of an abort at the end. */
function heard(signal: AbortSignalLike, abort: () => void, steps: readonly (readonly [boolean, number])[]) {
  const calls: number[] = [];
  const listeners = Array.from({ length: 5 }, (_, index) => () => calls.push(index));
  const present = new Set<number>();
  for (const [comes, which] of steps) {
    const listener = listeners[which];
    if (listener === undefined || comes === present.has(which)) continue;
    if (comes) signal.addEventListener("abort", listener);
    else signal.removeEventListener("abort", listener);
    if (comes) present.add(which);
    else present.delete(which);
  }
  abort();
  abort();
  return calls.sort();
}

describe("a light abort", () => {
  it("tells whom an AbortController tells, once", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 4 }))), (steps) => {
        const [light, full] = [new AbortSource(), new AbortController()];
        const told = heard(
          light,
          () => {
            light.abort("why");
          },
          steps,
        );
        expect(told).toEqual(
          heard(
            full.signal,
            () => {
              full.abort("why");
            },
            steps,
          ),
        );
        expect([light.aborted, light.reason]).toEqual([full.signal.aborted, full.signal.reason]);
      }),
    );
  });
});
