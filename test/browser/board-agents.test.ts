import { emulatorAccountId, emulatorAgentIds, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import type { EmulatedAgent } from "../../src/emulator/data/index.js";
import { useBoard } from "./support/use-board.js";

const { lunch, backSoon } = emulatorReasonIds;
const minuteMs = 60_000;

describe("the agents of the status board", () => {
  const board = useBoard();
  const { open } = board;

  /** Puts an agent who is online at first into a status. */
  function move(status: string, reasonId?: string, id: string = emulatorAgentIds.online): EmulatedAgent {
    return board.gateway.emulator.state.account(emulatorAccountId).agents.setStatus(id, status, reasonId);
  }

  it("shows each agent's group, state, reason, time and load", async () => {
    const moved = move("AWAY", backSoon);
    moved.reasonSince = Date.now() - 12.5 * minuteMs;
    const { agent, search } = await open();
    await search(moved.id);
    const cells = await agent(moved.name).getByRole("gridcell").allTextContents();
    expect(cells.slice(0, 4)).toEqual([moved.group.name, "Away", "Team huddle", "12 min"]);
    expect(cells[5]).toMatch(/^\d+ %$/);
  });

  it("shows a change as it happens, and marks it", async () => {
    const { agent, search } = await open();
    const { id, name } = move("ONLINE");
    await search(id);
    await agent(name).getByText("Online").waitFor();
    move("AWAY", lunch);
    await agent(name).getByText("Lunch").waitFor();
    await agent(name).locator("[data-new=true]").waitFor();
  });

  it("removes who logs out, and lists who logs in", async () => {
    const { page, agent, search } = await open();
    const { id, name } = move("AWAY", lunch);
    await search(id);
    await agent(name).waitFor();
    move("OFFLINE");
    await page.getByText("No agent matches the filter.").waitFor();
    move("ONLINE");
    await agent(name).waitFor();
  });

  it("counts on without a response", async () => {
    const moved = move("AWAY", backSoon);
    moved.reasonSince = Date.now() - 12.5 * minuteMs;
    const { page, agent, search } = await open({ clock: true });
    await search(moved.id);
    await agent(moved.name).getByText("12 min", { exact: true }).waitFor();
    board.gateway.emulator.faults.add({ match: { path: "agent_view" }, hang: true });
    await page.clock.fastForward(61_000);
    await agent(moved.name).getByText("13 min", { exact: true }).waitFor();
  });

  it("counts on from the last response of the agents when a reason is renamed meanwhile", async () => {
    const moved = move("AWAY", backSoon);
    moved.reasonSince = Date.now() - 12.5 * minuteMs;
    const { page, agent, search } = await open({ clock: true });
    await search(moved.id);
    await agent(moved.name).getByText("12 min", { exact: true }).waitFor();
    board.gateway.emulator.faults.add({ match: { path: "agent_view" }, hang: true });
    await page.clock.fastForward(61_000);
    await agent(moved.name).getByText("13 min", { exact: true }).waitFor();
    const rename = `mutation { updateStatusReason(accountId: "${emulatorAccountId}", id: "${backSoon}",
      input: { text: "Stand-up" }) { revision } }`;
    await board.gateway.query(rename);
    await agent(moved.name).getByText("Stand-up").waitFor();
    expect(await agent(moved.name).textContent()).toContain("13 min");
  });

  it("says by how much a limit is exceeded, and lists the most overdue first", async () => {
    const moved = move("AWAY", backSoon);
    moved.reasonSince = Date.now() - 23 * 60 * minuteMs - 30_000;
    const { page, agent } = await open();
    await agent(moved.name).getByText("22 h over").first().waitFor();
    const rows = page.getByRole("grid", { name: "Agents" }).getByRole("row");
    expect(await rows.nth(1).textContent()).toContain(moved.name);
  });

  it("has a limit for each reason, which it keeps", async () => {
    const moved = move("AWAY", backSoon);
    moved.reasonSince = Date.now() - 12.5 * minuteMs;
    const { page, press, agent, search } = await open({ reasons: true });
    await press("Team huddle", "Time limit");
    await page.getByRole("textbox", { name: "Minutes" }).fill("10");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Limit 10 min").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await search(moved.id);
    await agent(moved.name).getByText("2 min over").waitFor();
    await page.reload();
    await agent(moved.name).getByText("2 min over").waitFor();
  });

  it("filters by what a tile counts, by group, skill and reason, and keeps that in the URL", async () => {
    const { page, agent } = await open();
    await agent("").nth(1).waitFor();
    const tile = page.getByRole("button", { name: /Away$/ });
    const count = Number(await tile.locator(".tile-count").textContent());
    await tile.click();
    await page.getByText(`${count} of `).waitFor();
    for (const [label, option] of [
      ["Group", "Sales"],
      ["Skill", "Billing"],
      ["Reason", "Lunch"],
    ] as const) {
      await page
        .getByRole("button", { name: label, exact: false })
        .and(page.locator(".select-button"))
        .click();
      await page.getByRole("option", { name: option }).click();
      await page.keyboard.press("Escape");
    }
    const params = new URL(page.url()).searchParams;
    expect(Object.fromEntries(params)).toEqual({
      state: "AWAY",
      group: "2434700001",
      skill: "2434921912",
      reason: lunch,
    });
    const note = await page.getByText(/\d+ of \d+ agents/).textContent();
    await page.reload();
    await page.getByText(note ?? "").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByText(/^\d+ agents$/).waitFor();
  });

  it("sorts by a column, in both directions, and by keyboard", async () => {
    const { page } = await open();
    const names = page.getByRole("grid", { name: "Agents" }).getByRole("rowheader");
    await page.getByRole("columnheader", { name: "Agent", exact: true }).click();
    await page.waitForURL("**/?sort=name");
    const first = await names.first().textContent();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/?sort=-name");
    expect(await names.first().textContent()).not.toBe(first);
  });

  it("opens an agent by keyboard, with the time of the state and of the reason", async () => {
    const moved = move("AWAY", backSoon);
    moved.statusSince = Date.now() - 125.5 * minuteMs;
    moved.reasonSince = Date.now() - 12.5 * minuteMs;
    const { page, agent, search } = await open();
    await search(moved.id);
    await agent(moved.name).waitFor();
    await page.getByRole("columnheader", { name: "Agent", exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const now = page.getByRole("dialog", { name: moved.name }).getByRole("region", { name: "Now" });
    await now.getByText("Away for 2 h 5 min").waitFor();
    await now.getByText("Team huddle for 12 min").waitFor();
    await page.keyboard.press("Escape");
    await agent(moved.name).locator(":focus").waitFor();
  });

  it("says that no times are counted of a bot", async () => {
    const { page } = await open({ query: `?agent=${emulatorAgentIds.bot}` });
    await page.getByRole("dialog").getByText("No times are counted, as for bots.").waitFor();
  });

  it("shows how an agent spent the day", async () => {
    const { emulator } = board.gateway;
    emulator.clock.set(Date.now() - 10 * minuteMs);
    emulator.reset();
    const { id } = move("AWAY", backSoon);
    emulator.clock.release();
    const { page } = await open({ query: `?agent=${id}` });
    const { data } = await board.gateway.query(
      `{ agent(accountId: "${emulatorAccountId}", id: "${id}") { time { states { state } } } }`,
    );
    const { time } = data?.["agent"] as { time: { states: { state: string }[] } };
    expect(time.states.map(({ state }) => state)).toEqual(expect.arrayContaining(["ONLINE", "AWAY"]));
    const day = page.locator("dl");
    await day.getByText("Logged in").waitFor();
    await day.getByText("no reason").first().waitFor();
    expect(await day.locator(".time-row:not(.faint)").count()).toBe(time.states.length + 1);
  });

  it("has a wall mode, kept in the URL, that shows who needs attention first in large letters", async () => {
    const moved = move("AWAY", backSoon);
    moved.reasonSince = Date.now() - 23 * 60 * minuteMs - 30_000;
    const { page, agent } = await open({ viewport: { width: 1920, height: 1080 } });
    await agent(moved.name).first().waitFor();
    await page.getByRole("button", { name: "Wall" }).click();
    const first = page.getByRole("list", { name: "Who needs attention first" }).getByRole("listitem").first();
    await first.getByText("22 h over").waitFor();
    expect(await first.textContent()).toContain(moved.name);
    await page.screenshot({ path: "artefacts/wall.png" });
    expect((await first.boundingBox())?.height).toBeGreaterThan(50);
    expect(await page.evaluate("document.documentElement.scrollHeight - innerHeight")).toBe(0);
    await page.reload();
    await first.waitFor();
    await page.getByRole("button", { name: "Leave the wall" }).click();
    await agent(moved.name).first().waitFor();
  });

  it("shows the time by reason, most first, as a chart and as a table", async () => {
    const { data } = await board.gateway.query(
      `{ reasonUsage(accountId: "${emulatorAccountId}") { usages { reason { text } agentCount } } }`,
    );
    const { usages } = data?.["reasonUsage"] as {
      usages: { reason: { text: string } | null; agentCount: number }[];
    };
    const { page } = await open();
    const panel = page.getByRole("region", { name: "Time by reason" });
    await panel.locator(".recharts-bar-rectangle").nth(1).waitFor();
    const rows = panel.getByRole("table").getByRole("rowheader");
    expect(await rows.allTextContents()).toEqual(usages.map(({ reason }) => reason?.text ?? "No reason"));
  });
});
