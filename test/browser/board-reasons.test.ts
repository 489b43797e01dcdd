import { readFile } from "node:fs/promises";

import { emulatorAccountId, emulatorReasonIds, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf } from "../support/gateway.js";
import { connect } from "./support/board-page.js";
import type { BoardPage } from "./support/board-page.js";
import { watchPreflights } from "./support/preflights.js";
import { useBoard } from "./support/use-board.js";

const { lunch, training } = emulatorReasonIds;

describe("the reasons of the status board", () => {
  const board = useBoard();
  const { open } = board;

  it("reaches the gateway from another origin, after a preflight", async () => {
    expect(board.origin).not.toBe(board.gateway.origin);
    const page = await board.browser.newPage();
    const preflights = await watchPreflights(page);
    await page.goto(board.origin);
    const answered = page.waitForResponse(board.gateway.url);
    await connect(page, board.gateway.url, emulatorTokens.admin);
    const headers = await (await answered).allHeaders();
    expect(headers["access-control-allow-origin"]).toBe(board.origin);
    expect(preflights).toContainEqual({ url: board.gateway.url, method: "OPTIONS" });
  });

  it("lists an account's reasons by a filter", async () => {
    const { page, reason, texts } = await open({ reasons: true });
    await reason("Lunch").waitFor();
    const all = await texts();
    expect(all).toContain("研修");
    expect(all).not.toContain("Smoking break");

    await page.getByLabel("Text contains").fill("LUNCH");
    await page.getByRole("button", { name: "Filter" }).click();
    await reason("Training").waitFor({ state: "detached" });
    expect(await texts()).toEqual(["Lunch"]);

    await page.getByLabel("Text contains").fill("nothing like it");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText("No reason matches the filter.").waitFor();
  });

  it("creates a reason", async () => {
    const { page, reason } = await open({ reasons: true });
    await page.getByRole("button", { name: "New reason" }).click();
    await page.getByLabel("Text", { exact: true }).fill("Yoga class");
    await page.getByRole("form", { name: "New reason" }).getByRole("button", { name: "State" }).click();
    await page.getByRole("option", { name: "Back soon" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await reason("Yoga class").getByText("Back soon").waitFor();
    await page.getByText("“Yoga class” is created.").waitFor();
  });

  it("shows what is wrong with a field at the field", async () => {
    const { page } = await open({ reasons: true });
    await page.getByRole("button", { name: "New reason" }).click();
    const field = page.getByLabel("Text", { exact: true });
    await field.fill("<b>Lunch</b>");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("input[name=text][aria-invalid=true]:focus").waitFor();
    expect(await describedBy(field)).toMatch(/^Must hold neither/);

    await field.fill("Lunch");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Another reason already has this text.").waitFor();
    expect(await describedBy(field)).toBe("Another reason already has this text.");
  });

  it("changes, disables and enables a reason, by keyboard too", async () => {
    const { page, reason, press } = await open({ reasons: true });
    await press("Lunch", "Edit");
    await page.getByLabel("Text", { exact: true }).fill("Lunch break");
    await page.keyboard.press("Enter");
    await reason("Lunch break").waitFor();
    await reason("Lunch break").and(page.locator(":focus")).waitFor();
    await press("Lunch break", "Disable");
    await reason("Lunch break").getByText("Disabled", { exact: true }).waitFor();
    await press("Lunch break", "Enable");
    await reason("Lunch break").getByText("Disabled", { exact: true }).waitFor({ state: "detached" });
  });

  it("deletes a reason, once that is confirmed", async () => {
    const { page, reason, press } = await open({ reasons: true });
    await press("Lunch", "Delete");
    await page.keyboard.press("Escape");
    const question = page.getByRole("alertdialog", { name: "Delete “Lunch”?" });
    await question.waitFor({ state: "detached" });
    await press("Lunch", "Delete");
    await question.getByText(/^\d+ agents have it now/).waitFor();
    await question.getByText("It cannot be undone").waitFor();
    await page.screenshot({ path: "artefacts/confirm.png" });
    await question.getByRole("button", { name: "Delete" }).click();
    await reason("Lunch").waitFor({ state: "detached" });
    expect(await page.getByRole("status").allTextContents()).toContain("“Lunch” is deleted.");
  });

  describe("when two tabs edit the same reason", () => {
    /** Both tabs open the form; the first one saves, the second one is too late. */
    async function collide(): Promise<BoardPage> {
      const [first, second] = [await open({ reasons: true }), await open({ reasons: true })];
      for (const tab of [first, second]) await tab.press("Lunch", "Edit");
      await first.page.getByLabel("Text", { exact: true }).fill("Siesta");
      await first.page.getByRole("button", { name: "Save" }).click();
      await first.reason("Siesta").waitFor();
      await second.page.getByLabel("Text", { exact: true }).fill("Dinner");
      await second.page.getByRole("button", { name: "Save" }).click();
      const notice = second.page.getByRole("alert");
      await notice.getByText("Somebody else changed this reason").waitFor();
      expect(await notice.getByRole("row", { name: /Text/ }).getByRole("cell").allTextContents()).toEqual([
        "Siesta",
        "Dinner",
      ]);
      return second;
    }

    it("lets the second take the first one's version", async () => {
      const { page, reason } = await collide();
      await page.screenshot({ path: "artefacts/conflict.png" });
      await page.getByRole("button", { name: "Take theirs" }).click();
      await reason("Siesta").waitFor();
      expect(await textOf(lunch)).toBe("Siesta");
    });

    it("lets the second go on editing, by default, and takes it no earlier than asked", async () => {
      const { page } = await collide();
      await page.getByRole("button", { name: "Keep editing" }).and(page.locator(":focus")).waitFor();
      await page.keyboard.press("Enter");
      expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("Dinner");
      expect(await textOf(lunch)).toBe("Siesta");
    });

    it("lets the second write over it, at the revision it has been shown", async () => {
      const { page, reason } = await collide();
      await page.getByRole("button", { name: "Overwrite with mine" }).click();
      await reason("Dinner").waitFor();
      expect(await textOf(lunch)).toBe("Dinner");
    });
  });

  it("merges what two people changed of the same reason", async () => {
    const { page, reason, press } = await open({ reasons: true });
    await press("Lunch", "Edit");
    const disable = `mutation { updateStatusReason(accountId: "${emulatorAccountId}", id: "${lunch}",
      input: { enabled: false }) { revision } }`;
    dataOf(await board.gateway.query(disable));
    await page.getByLabel("Text", { exact: true }).fill("Dinner");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Merge both" }).click();
    await reason("Dinner").getByText("Disabled").waitFor();
  });

  it("disables and enables many at once, and says which of them could not be", async () => {
    const { page, reason } = await open({ reasons: true });
    for (const text of ["Lunch", "Training"]) await reason(text).getByText(text, { exact: true }).click();
    const bulk = page.getByRole("group", { name: "Selected reasons" });
    await bulk.getByRole("button", { name: "Disable" }).click();
    await page.getByText("2 reasons are disabled.").waitFor();
    await reason("Training").getByText("Disabled", { exact: true }).waitFor();

    for (const text of ["Lunch", "Training"]) await reason(text).getByText(text, { exact: true }).click();
    board.gateway.emulator.faults.add({ match: { method: "PUT", path: training }, status: 400 });
    await bulk.getByRole("button", { name: "Enable" }).click();
    await page.getByText("1 of 2 reasons are enabled.").waitFor();
    await bulk.getByText("1 selected").waitFor();
  });

  it("exports all reasons, and imports a file once its plan has been seen", async () => {
    const { page, texts, reason } = await open({ reasons: true });
    await reason("Lunch").waitFor();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    const file = await readFile(await (await downloading).path(), "utf8");
    const { reasons } = JSON.parse(file) as { reasons: { text: string; enabled: boolean }[] };
    expect(reasons.map(({ text }) => text)).toEqual(await texts());

    const [first, ...others] = reasons.filter(({ text }) => text !== "Training");
    const desired = { reasons: [{ ...first, enabled: false }, ...others, { text: "Yoga class" }] };
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Import" }).click();
    const buffer = Buffer.from(JSON.stringify(desired));
    await (await choosing).setFiles({ name: "reasons.json", mimeType: "application/json", buffer });
    const plan = page.getByRole("dialog", { name: "Import reasons" });
    await plan.getByText(/^1 to create, 1 to change, 0 to delete/).waitFor();
    await plan.getByText("Delete the reasons that are not in the file").click();
    await plan.getByText(/^1 to create, 1 to change, 1 to delete/).waitFor();
    expect(await plan.getByRole("list", { name: "Plan" }).getByRole("listitem").allTextContents()).toEqual([
      "Change “Lunch”: enabled true → false",
      "Create “Yoga class”",
      "Delete “Training”",
    ]);
    await page.screenshot({ path: "artefacts/import.png" });
    expect(await textOf(training)).toBe("Training");
    await plan.getByRole("button", { name: "Apply" }).click();
    await page.getByText("The file is imported.").waitFor();
    await reason("Yoga class").waitFor();
    await reason("Training").waitFor({ state: "detached" });
  });

  it("shows no control that writes once a token turns out to be read-only", async () => {
    const { page, reason, press } = await open({ reasons: true, token: emulatorTokens.readOnly });
    await press("Lunch", "Disable");
    await page.getByText("Your token may read reasons, and not change them.").waitFor();
    expect(await page.getByRole("button", { name: "New reason" }).count()).toBe(0);
    expect(await page.getByRole("checkbox").count()).toBe(0);
    await reason("Lunch").getByRole("button", { name: "Actions" }).click();
    expect(await page.getByRole("menuitem").allTextContents()).toEqual(["Time limit…"]);
  });

  it("saves without a question where another changed other reasons only", async () => {
    const { page, reason, press } = await open({ reasons: true });
    await press("Lunch", "Edit");
    const rename = `mutation { updateStatusReason(accountId: "${emulatorAccountId}", id: "${training}",
      input: { text: "Course" }) { revision } }`;
    dataOf(await board.gateway.query(rename));
    await page.getByLabel("Text", { exact: true }).fill("Dinner");
    await page.getByRole("button", { name: "Save" }).click();
    await reason("Dinner").waitFor();
    await reason("Course").waitFor();
  });

  it("says so where another deleted the reason that is edited", async () => {
    const { page, press } = await open({ reasons: true });
    await press("Lunch", "Edit");
    const remove = `mutation { deleteStatusReason(accountId: "${emulatorAccountId}", id: "${lunch}") { revision } }`;
    dataOf(await board.gateway.query(remove));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").getByText("It no longer exists").waitFor();
  });

  it("shows how much each reason was used in the last 24 hours", async () => {
    const { page, reason } = await open({ reasons: true });
    const { data } = await board.gateway.query(
      `{ reasonUsage(accountId: "${emulatorAccountId}") { usages { reason { id } agentCount } } }`,
    );
    const { usages } = data?.["reasonUsage"] as {
      usages: { reason: { id: string } | null; agentCount: number }[];
    };
    const count = usages.find((usage) => usage.reason?.id === lunch)?.agentCount ?? 0;
    expect(count).toBeGreaterThan(1);
    await reason("Lunch").getByText(`24 h: ${count} agents, `).waitFor();
    await reason("Meeting").getByText("24 h: not used").waitFor();
    await page.screenshot({ path: "artefacts/times.png" });
  });

  it("shows the reasons where their use cannot be had", async () => {
    board.gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 500 });
    const { page, reason } = await open({ reasons: true });
    await reason("Lunch").waitFor();
    await page.getByRole("dialog", { name: "Reasons" }).getByRole("alert").waitFor();
    expect(await page.locator(".usage").count()).toBe(0);
  });

  it("asks for a new token when the old one has expired, and goes on with what was typed", async () => {
    const { page, press, reason } = await open({ reasons: true });
    await press("Lunch", "Edit");
    await page.getByLabel("Text", { exact: true }).fill("Dinner");
    board.gateway.emulator.faults.add({ status: 401 });
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").getByText("Your token is not valid or has expired").waitFor();
    await page.screenshot({ path: "artefacts/expired-token.png" });
    board.gateway.emulator.faults.clear();
    await connect(page, board.gateway.url, emulatorTokens.admin);
    await page.getByRole("button", { name: "Save" }).click();
    await reason("Dinner").waitFor();
  });

  it("says that a token has expired at the start", async () => {
    const { page } = await open({ token: emulatorTokens.expired });
    await page.getByRole("alert").getByText("Your token is not valid or has expired").waitFor();
    expect(await page.evaluate("JSON.stringify(localStorage)")).toBe("{}");
  });

  async function textOf(id: string): Promise<string> {
    const query = `{ statusReason(accountId: "${emulatorAccountId}", id: "${id}") { text } }`;
    return (dataOf(await board.gateway.query(query)) as { statusReason: { text: string } }).statusReason.text;
  }

  /** What a screen reader says of a field besides its label. */
  async function describedBy(field: ReturnType<BoardPage["reason"]>): Promise<string | null> {
    const id = (await field.getAttribute("aria-describedby")) ?? "";
    return field.page().locator(`[id="${id}"]`).textContent();
  }
});
