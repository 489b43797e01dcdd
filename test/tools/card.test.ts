import { exitCodeOf, printedLine, renderCard, takeLine } from "../../tools/scorecard/card.js";
import type { Finding, Line } from "../../tools/scorecard/card.js";

const passed: Line = { title: "Composer: a", how: "composed", verdict: "passed", result: "composes" };
const failed: Line = { title: "Router: b", how: "`a | b`", verdict: "failed", result: "99 of 100\nright" };
const missing: Line = { ...failed, verdict: "not measured", result: "there is no Chromium" };

describe("a line", () => {
  const take = (measure: () => Promise<Finding>) => takeLine({ title: "Subject", how: "measured", measure });

  it.each([
    [true, "passed"],
    [false, "failed"],
  ])("whose measurement says %p has %s", async (passes, verdict) => {
    const line = await take(() => Promise.resolve({ passed: passes, result: "61 of 61" }));
    expect(line).toEqual({ title: "Subject", how: "measured", verdict, result: "61 of 61" });
  });

  it("was not measured where the measurement throws, and says why in one line", async () => {
    const line = await take(() => Promise.reject(new Error("there is no Chromium\nat launch")));
    expect(line).toMatchObject({ verdict: "not measured", result: "there is no Chromium" });
  });

  it("is printed with how long it took", () => {
    expect(printedLine(missing, 1234)).toBe("not measured  Router: b: there is no Chromium (1.2 s)");
  });
});

describe("the exit code", () => {
  it.each([
    [[passed, passed], 0],
    [[passed, failed], 1],
    [[missing, passed], 1],
    [[], 1],
  ])("of %j is %d", (lines, code) => {
    expect(exitCodeOf(lines)).toBe(code);
  });
});

describe("the card", () => {
  it("has what it was measured on, a count and a row for each line", () => {
    const card = renderCard([passed, failed, missing], { commit: "abc", machine: "2 × processor" });
    expect(card).toContain("- commit: abc\n- machine: 2 × processor\n");
    expect(card).toContain("1 of 3 lines passed.");
    expect(card).toContain("| Composer: a | passed | composes | composed |\n");
    expect(card).toContain("| Router: b | failed | 99 of 100 right | `a \\| b` |\n");
    expect(card).toContain("| Router: b | not measured | there is no Chromium | `a \\| b` |");
  });
});
