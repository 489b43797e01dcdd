import { useBoard } from "./support/use-board.js";

/** One word, as long as a reason's text may be. */
const longText = "Wonderfull".repeat(10);

describe("the status board's layout", () => {
  const board = useBoard();

  it.each([
    ["wall", 2560, 1440],
    ["desktop", 1280, 900],
    ["tablet", 1024, 768],
    ["phone", 390, 844],
    ["small phone", 320, 640],
  ] as const)("fits the width of a %s", async (name, width, height) => {
    const { page, agent, reason, showReasons } = await board.open({ viewport: { width, height } });
    await agent("").nth(1).waitFor();
    await page.screenshot({ path: `artefacts/board-${name.replace(" ", "-")}.png`, fullPage: true });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await showReasons();
    await reason("Lunch").waitFor();
    await page.screenshot({ path: `artefacts/reasons-${name.replace(" ", "-")}.png` });
    // A duration is one line: "7 h 50 min" does not wrap before "min".
    const duration = await reason("Lunch").locator(".usage .duration").boundingBox();
    expect(duration?.height).toBeLessThan(30);
    const state = await page.getByRole("button", { name: "For state" }).boundingBox();
    const availability = await page.getByRole("button", { name: "Availability" }).boundingBox();
    const filter = await page.getByRole("button", { name: "Filter" }).boundingBox();
    expect(overlap(state, availability)).toBe(false);
    expect(overlap(availability, filter)).toBe(false);
  });

  it("breaks a word that is wider than a phone", async () => {
    const { page, reason, press } = await board.open({
      viewport: { width: 390, height: 844 },
      reasons: true,
    });
    await page.getByRole("button", { name: "New reason" }).click();
    await page.getByLabel("Text", { exact: true }).fill(longText);
    await page.keyboard.press("Enter");
    await reason(longText).waitFor();
    await page.getByText(`“${longText}” is created.`).waitFor();
    await press(longText, "Delete");
    const question = page.getByRole("alertdialog");
    await question.waitFor();
    await page.screenshot({ path: "artefacts/board-long-text.png" });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    const hidden =
      "((dialog) => dialog.scrollWidth - dialog.clientWidth)(document.querySelector('[role=alertdialog]'))";
    expect(await page.evaluate(hidden)).toBe(0);
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(one: Box | null, other: Box | null): boolean {
  if (one === null || other === null) throw new Error("a control is not shown");
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
