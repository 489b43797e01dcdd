import { emulatorEmptyAccountId } from "../../src/emulator/seed/seed.js";
import { useBoard } from "./support/use-board.js";

describe("where there is nothing to show, the status board", () => {
  const board = useBoard();

  it("says that it is loading", async () => {
    board.gateway.emulator.faults.add({ hang: true });
    const { page } = await board.open();
    await page.getByRole("status").getByText("Loading reasons…").waitFor();
    await page.getByRole("status").getByText("Loading agents…").waitFor();
  });

  it("says that an account is empty", async () => {
    const { page } = await board.open({ accountId: emulatorEmptyAccountId });
    await page.getByRole("status").getByText("This account has no reasons yet.").waitFor();
    await page.getByRole("status").getByText("Nobody is logged in.").waitFor();
  });

  it("says that the gateway cannot be reached, and tries again", async () => {
    const { page } = await board.open({ gatewayUrl: "http://127.0.0.1:9/graphql" });
    await page.getByText("The gateway cannot be reached.").first().waitFor();
    await page.getByRole("button", { name: "Try again" }).first().waitFor();
  });

  it("says that the upstream fails, and shows what there is once it does not", async () => {
    board.gateway.emulator.faults.add({ status: 500 });
    const { page, reason } = await board.open();
    const retries = page.getByRole("button", { name: "Try again" });
    await retries.nth(1).waitFor();
    board.gateway.emulator.faults.clear();
    await retries.first().click();
    await reason("Lunch").waitFor();
    await retries.first().click();
    await page.getByRole("region", { name: "Away" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("says that there is no such account, which no second try will change", async () => {
    const { page } = await board.open({ accountId: "99999999" });
    await page.getByText("There is no such account.").nth(1).waitFor();
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
  });
});
