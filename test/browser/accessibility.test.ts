import { readFileSync } from "node:fs";

import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

import { emulatorAccountId, emulatorReasonIds, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf } from "../support/gateway.js";
import { useBoard } from "./support/use-board.js";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

describe.each(["light", "dark"] as const)(
  "axe finds nothing wrong, in the %s scheme, with",
  (colorScheme) => {
    const board = useBoard();

    it("the connection form, and a token that has expired", async () => {
      const { page } = await board.open({ colorScheme, token: emulatorTokens.expired });
      await page.getByRole("alert").waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it("agents, and one agent's day", async () => {
      const { page, agent } = await board.open({ colorScheme });
      await agent("").nth(1).waitFor();
      await page.locator(".recharts-bar-rectangle").first().waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await agent("").nth(1).click();
      await page.getByText("Logged in").waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it("the wall", async () => {
      const { page } = await board.open({ colorScheme, query: "?wall=1" });
      await page.getByRole("listitem").first().waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it("reasons, and one reason's menu", async () => {
      const { page, reason } = await board.open({ colorScheme, reasons: true });
      await reason("Lunch").getByText("24 h:").waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await reason("Lunch").getByRole("button", { name: "Actions" }).click();
      await page.getByRole("menu").waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it("a field that is wrong", async () => {
      const { page } = await board.open({ colorScheme, reasons: true });
      await page.getByRole("button", { name: "New reason" }).click();
      await page.getByLabel("Text", { exact: true }).fill("<b>Lunch</b>");
      await page.keyboard.press("Enter");
      await page.locator("input[name=text][aria-invalid=true]").waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it("a question before a deletion", async () => {
      const { page, press } = await board.open({ colorScheme, reasons: true });
      await press("Lunch", "Delete");
      await page.getByRole("alertdialog").waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it("a conflict", async () => {
      const { page, press } = await board.open({ colorScheme, reasons: true });
      await press("Lunch", "Edit");
      const rename = `mutation { updateStatusReason(accountId: "${emulatorAccountId}",
      id: "${emulatorReasonIds.lunch}", input: { text: "Siesta" }) { revision } }`;
      dataOf(await board.gateway.query(rename));
      await page.getByLabel("Text", { exact: true }).fill("Dinner");
      await page.keyboard.press("Enter");
      await page.getByText("Somebody else changed this reason").waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it("an upstream that fails", async () => {
      board.gateway.emulator.faults.add({ status: 500 });
      const { page } = await board.open({ colorScheme });
      await page.getByRole("alert").waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });
  },
);

/** The rules that the page breaks, with what breaks them. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { passes, violations } = await page.evaluate<AxeResults>("axe.run()");
  expect(passes.map(({ id }) => id)).toContain("color-contrast");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
