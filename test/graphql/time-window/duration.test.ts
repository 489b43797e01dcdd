import fc from "fast-check";

import { parseDuration } from "../../../src/graphql/time-window/duration.scalar.js";

const second = 1000;
const [minute, hour, day] = [60 * second, 3600 * second, 86_400 * second] as const;

describe("a duration", () => {
  it.each([
    ["PT30M", 30 * minute],
    ["PT0S", 0],
    ["P1D", day],
    ["P1DT12H", 36 * hour],
    ["P2W", 14 * day],
    ["P1W1DT1H1M1S", 8 * day + hour + minute + second],
    ["PT1.5S", 1500],
    ["PT0,25S", 250],
    ["PT1.001S", 1001],
  ])("%s is so many milliseconds", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    ["", "nothing"],
    ["P", "no amount"],
    ["PT", "no amount of time"],
    ["P1DT", "a T without time"],
    ["P1Y", "years"],
    ["P1M", "months"],
    ["-PT1H", "less than nothing"],
    ["P-1D", "less than nothing"],
    ["PT1.5H", "fractions of other units than seconds"],
    ["PT1S1M", "units out of order"],
    ["PT1H1H", "one unit twice"],
    ["1H", "no P"],
    ["pt1h", "small letters"],
    [" PT1H", "space"],
    ["PT1H\n", "a line break"],
    [`PT${"9".repeat(400)}H`, "more digits than anybody needs"],
    ["P٣D", "digits of other scripts"],
  ])("%j is none: %s", (text) => {
    expect(parseDuration(text)).toBeNaN();
  });

  it("of any parts is their sum", () => {
    const part = (unit: string, unitMs: number) =>
      fc
        .option(fc.integer({ min: 0, max: 999 }))
        .map((amount) => ({ text: amount === null ? "" : `${amount}${unit}`, ms: (amount ?? 0) * unitMs }));
    const date = fc.tuple(part("W", 7 * day), part("D", day));
    const time = fc.tuple(part("H", hour), part("M", minute), part("S", second));
    fc.assert(
      fc.property(date, time, (days, times) => {
        const [ofDays, ofTimes] = [days, times].map((parts) => parts.map(({ text }) => text).join(""));
        fc.pre(ofDays !== "" || ofTimes !== "");
        const ms = [...days, ...times].reduce((sum, part) => sum + part.ms, 0);
        expect(parseDuration(`P${ofDays}${ofTimes && `T${ofTimes}`}`)).toBe(ms);
      }),
    );
  });
});
