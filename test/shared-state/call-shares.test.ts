import fc from "fast-check";

import { CallShares, maxTold } from "../../src/shared-state/call-shares.js";

/** Copies whose messages all arrive. */
function startCopies(count: number) {
  const copies = Array.from({ length: count }, (_, index) => ({
    from: `copy-${index}`,
    shares: new CallShares(),
  }));
  return {
    copies,
    /** Each copy tells the others what calls it had, in turn. */
    beat: (callsOf: (copy: number) => Readonly<Record<string, number>>, isHeard = () => true): void => {
      copies.forEach(({ from, shares }, index) => {
        const calls = shares.beat(Object.entries(callsOf(index)));
        for (const other of copies) if (other.from !== from && isHeard()) other.shares.heard({ from, calls });
      });
    },
    sharesOf: (account: string) => copies.map(({ shares }) => shares.shareOf(account)),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

test("a copy that knows of no other has all", () => {
  const alone = new CallShares();
  expect(alone.shareOf("a")).toBe(1);
  alone.beat([["a", 3]]);
  alone.beat([["a", 3]]);
  expect(alone.shareOf("a")).toBe(1);
});

test("copies that an account is new to get the same part", () => {
  const { beat, sharesOf } = startCopies(4);
  beat(() => ({}));
  expect(sharesOf("a")).toEqual([0.25, 0.25, 0.25, 0.25]);
  beat((copy) => (copy === 0 ? { a: 100 } : {}));
  expect(sharesOf("a")).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test("the one copy that an account's calls come to gets all of them", () => {
  const { beat, sharesOf } = startCopies(3);
  for (let round = 0; round < 3; round += 1) beat((copy) => (copy === 1 ? { a: 5 } : { b: 5 }));
  expect(sharesOf("a")[1]).toBe(1);
});

test("at a steady load the copies divide the calls by how many each has, and no more than all", () => {
  const loads = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(loads, (calls) => {
      const { beat, sharesOf } = startCopies(calls.length);
      for (let round = 0; round < 25; round += 1) beat((copy) => ({ a: calls[copy] ?? 0 }));
      const shares = sharesOf("a");
      expect(sum(shares)).toBeCloseTo(1, 2);
      calls.forEach((own, copy) => {
        expect(shares[copy]).toBeCloseTo(own / sum(calls), 2);
      });
    }),
  );
});

test("whatever the load and the losses, a part is over 0 and at most 1", () => {
  const rounds = fc.array(fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }), { maxLength: 20 });
  fc.assert(
    fc.property(rounds, fc.infiniteStream(fc.boolean()), (loads, heard) => {
      const { beat, sharesOf } = startCopies(3);
      for (const calls of loads) {
        beat(
          (copy) => ({ a: calls[copy] ?? 0 }),
          () => heard.next().value === true,
        );
        for (const share of sharesOf("a")) {
          expect(share).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});

test("a copy that is not heard any more has gone, and its part with it", () => {
  const { copies, beat, sharesOf } = startCopies(2);
  for (let round = 0; round < 3; round += 1) beat(() => ({ a: 4 }));
  expect(sharesOf("a")[0]).toBeCloseTo(0.5, 1);
  for (let round = 0; round < 5; round += 1) copies[0]?.shares.beat([["a", 4]]);
  expect(sharesOf("a")[0]).toBe(1);
});

test("without a Redis each copy goes on with the same part, by how many there were", () => {
  const { copies, beat, sharesOf } = startCopies(4);
  for (let round = 0; round < 3; round += 1) beat((copy) => ({ a: copy === 0 ? 100 : 1 }));
  for (const { shares } of copies) shares.lost();
  expect(sharesOf("a")).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test("an account's calls are forgotten when there are no more, and few are told of many accounts", () => {
  const shares = new CallShares();
  const many = Array.from({ length: 2 * maxTold }, (_, index): [string, number] => [`a${index}`, index]);
  const told = shares.beat(many);
  expect(told).toHaveLength(maxTold);
  expect(Math.min(...told.map(([, calls]) => calls))).toBe(maxTold);
  for (let round = 0; round < 20; round += 1) shares.beat([]);
  expect(shares.beat([])).toEqual([]);
});

test("a crowd of made-up copies leaves a part to this one", () => {
  const shares = new CallShares();
  for (let index = 0; index < 10_000; index += 1)
    shares.heard({ from: `${index}`, calls: [["a", 1_000_000]] });
  for (let round = 0; round < 3; round += 1) shares.beat([["a", 1]]);
  expect(shares.shareOf("a")).toBe(1 / 500);
});
