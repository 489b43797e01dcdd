import { runBurst } from "../../tools/copies/burst.js";

const entry = "bundle-test/main.js";

describe("three copies of the gateway with a Redis", () => {
  it("keep together to the calls that an account may have", async () => {
    const perSecond = 10;
    const { refused, done } = await runBurst({
      ...{ entry, copies: 3, hasRedis: true, env: { ACCOUNT_MAX_CALLS_PER_SECOND: String(perSecond) } },
      ...{ perSecond, clients: 60, durationMs: 1500 },
    });
    expect(done).toBeGreaterThan(0);
    // Without the limit the first burst alone meets 50.
    expect(refused).toBeLessThan(25);
  }, 60_000);
});
