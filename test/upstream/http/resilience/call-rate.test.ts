import fc from "fast-check";

import { CallRate } from "../../../../src/upstream/http/resilience/call-rate.js";

/** Asks for one call after the other, each as soon as it may be made but not before its time. */
function callsMade(perSecond: number, askedAtMs: readonly number[]): number[] {
  const rate = new CallRate();
  let nowMs = 0;
  return askedAtMs.map((askedMs) => {
    nowMs = Math.max(nowMs, askedMs);
    for (;;) {
      const waitMs = rate.take(perSecond, nowMs);
      if (waitMs === 0) return nowMs;
      nowMs += waitMs;
    }
  });
}

/** The most calls of any second. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 999.999).length));
}

const limits = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.05, max: 50, noNaN: true }));
const gaps = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3000, noNaN: true })), {
  minLength: 1,
  maxLength: 150,
});

test("no second has more calls than the limit, whenever they are asked for", () => {
  fc.assert(
    fc.property(limits, gaps, (perSecond, pauses) => {
      let at = 0;
      const times = callsMade(
        perSecond,
        pauses.map((pause) => (at += pause)),
      );
      expect(mostInASecond(times)).toBeLessThanOrEqual(Math.ceil(perSecond));
    }),
  );
});

test("whoever asks all the time gets at least four fifths of the limit", () => {
  fc.assert(
    fc.property(limits, (perSecond) => {
      const count = 200;
      const times = callsMade(perSecond, new Array<number>(count).fill(0));
      const seconds = (times.at(-1) ?? 0) / 1000;
      expect(count / seconds).toBeGreaterThanOrEqual(perSecond * 0.8);
    }),
  );
});

test("a call that waits comes sooner when the limit grows", () => {
  const rate = new CallRate();
  expect(rate.take(0.1, 0)).toBe(0);
  expect(rate.take(0.1, 0)).toBeCloseTo(10_000);
  expect(rate.take(10, 0)).toBeLessThan(150);
});
