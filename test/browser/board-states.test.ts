import { emulatorEmptyAccountId } from "../../src/emulator/seed/seed.js";
import { useBoard } from "./support/use-board.js";

describe("where there is nothing to show, the status board", () => {
  const board = useBoard();

  it("says that it is loading", async () => {
    board.gateway.emulator.faults.add({ hang: true });
    const { page, showReasons } = await board.open();
    await page.getByRole("status").getByText("Loading agents…").waitFor();
    await showReasons();
    await page.getByRole("status").getByText("Loading reasons…").waitFor();
  });

  it("says that an account is empty", async () => {
    const { page, showReasons } = await board.open({ accountId: emulatorEmptyAccountId });
    await page.getByRole("status").getByText("Nobody is logged in.").waitFor();
    await showReasons();
    await page.getByRole("status").getByText("This account has no reasons yet.").waitFor();
  });

  it("says that the gateway cannot be reached, and tries again", async () => {
    const { page } = await board.open({ gatewayUrl: "http://127.0.0.1:9/graphql" });
    await page.getByText("The gateway cannot be reached.").first().waitFor();
    await page.getByRole("button", { name: "Try again" }).first().waitFor();
  });

  it("says that the upstream fails, and shows what there is once it does not", async () => {
    board.gateway.emulator.faults.add({ status: 500 });
    const { page, agent, reason, showReasons } = await board.open();
    const retry = page.getByRole("button", { name: "Try again" });
    await retry.waitFor();
    await showReasons();
    await retry.first().waitFor();
    board.gateway.emulator.faults.clear();
    await retry.first().click();
    await reason("Lunch").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    // The live connection finds out by itself.
    await agent("").nth(1).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("says that the connection is lost, keeps what it shows, and follows again", async () => {
    const { page, agent } = await board.open();
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole("status").getByText("Offline. Last known data.").waitFor();
    await agent("").nth(1).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  });

  it("says that the upstream does not respond any more", async () => {
    const { page, agent } = await board.open();
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
    board.gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 500 });
    await page.getByRole("status").getByText("LivePerson does not respond. Last known data.").waitFor();
    await agent("").nth(1).waitFor();
  });

  it("says that there is no such account, which no second try will change", async () => {
    const { page } = await board.open({ accountId: "99999999" });
    await page.getByText("There is no such account.").waitFor();
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
  });

  it("counts down until a rate limit is over", async () => {
    // The last test: the gateway sends nothing for as long as the upstream says.
    board.gateway.emulator.faults.add({ status: 429, headers: { "retry-after": "30" } });
    const { page, agent } = await board.open({ clock: true });
    await page.getByRole("alert").getByText("Too many requests.").waitFor();
    const retry = page.getByRole("button", { name: /^Try again/ });
    expect(await retry.isDisabled()).toBe(true);
    expect(await retry.textContent()).toMatch(/^Try again in \d+ s$/);
    board.gateway.emulator.faults.clear();
    await page.clock.fastForward(31_000);
    await page.getByRole("button", { name: "Try again", exact: true }).waitFor();
    expect(await agent("").count()).toBe(0);
  });
});
