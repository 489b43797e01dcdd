import fc from "fast-check";

import { maxWindowMs, timeOf, windowKey } from "../../../src/upstream/api/view-window.js";
import type { ViewWindow } from "../../../src/upstream/api/view-window.js";

const minuteMs = 60_000;
const at = (time: string) => Date.parse(`2026-11-25T${time}Z`);
const yesterdayAt = (time: string) => at(time) - maxWindowMs;

describe("the time of a window", () => {
  it.each<[string, ViewWindow | undefined, string, number, number]>([
    ["the default, on a minute", undefined, "12:00:00", yesterdayAt("12:00:00"), at("12:00:00")],
    ["the default, within a minute", undefined, "12:00:30", yesterdayAt("12:01:00"), at("12:00:30")],
    ["30 minutes", { lastMs: 30 * minuteMs }, "12:00:30", at("11:30:00"), at("12:00:30")],
    ["one second", { lastMs: 1000 }, "12:00:30", at("12:00:00"), at("12:00:30")],
    [
      "an hour of the past",
      { fromMs: at("10:00:20"), toMs: at("11:00:40") },
      "12:00:00",
      at("10:00:00"),
      at("11:01:00"),
    ],
    [
      "a whole day of the past",
      { fromMs: yesterdayAt("10:00:20"), toMs: at("10:00:20") },
      "12:00:00",
      yesterdayAt("10:01:00"),
      at("10:01:00"),
    ],
    ["one that is open", { fromMs: at("10:00:20"), toMs: null }, "12:00:30", at("10:00:00"), at("12:00:30")],
    [
      "one that ends after now",
      { fromMs: at("10:00:20"), toMs: at("12:01:00") },
      "12:00:30",
      at("10:00:00"),
      at("12:00:30"),
    ],
  ])("%s", (_case, window, now, from, to) => {
    expect(timeOf(window, at(now))).toEqual({ from, to });
  });

  it("rounded outward is 24 hours at most, and holds the window but for one minute", () => {
    const now = fc.integer({ min: at("00:00:00"), max: at("23:59:59") });
    const window = fc.oneof(
      fc.record({ lastMs: fc.integer({ min: 1, max: maxWindowMs }) }),
      fc.record({ lastMs: fc.integer({ min: maxWindowMs - 2 * minuteMs, max: maxWindowMs }) }),
    );
    fc.assert(
      fc.property(now, window, (nowMs, { lastMs }) => {
        const { from, to } = timeOf({ lastMs }, nowMs);
        const rounded = [
          Math.floor(from / minuteMs) * minuteMs,
          Math.ceil(to / minuteMs) * minuteMs,
        ] as const;
        expect(rounded[1] - rounded[0]).toBeLessThanOrEqual(maxWindowMs);
        expect(to).toBe(nowMs);
        expect(Math.abs(from - (nowMs - lastMs))).toBeLessThan(minuteMs);
        expect(from).toBeLessThan(to);
      }),
    );
  });

  it("has one key however late it is asked for, and another one for another window", () => {
    const windows: ViewWindow[] = [
      { lastMs: 1 },
      { lastMs: 2 },
      { fromMs: 1, toMs: null },
      { fromMs: 1, toMs: 2 },
      { fromMs: 2, toMs: null },
    ];
    expect(new Set(windows.map(windowKey)).size).toBe(windows.length);
  });
});
