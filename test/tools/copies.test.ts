import { Fleet } from "../../tools/copies/fleet.js";
import { underLoad } from "../../tools/copies/load.js";

const entry = "bundle-test/main.js";

/** The short form; `npm run test:copies` is the long one, with figures. */
describe("three copies of the gateway with a Redis", () => {
  let fleet: Fleet | undefined;
  afterEach(async () => {
    await fleet?.stop();
    fleet = undefined;
  });

  it("lose and double nothing when one is killed, and no operation when each is restarted", async () => {
    fleet = await Fleet.start({ entry, copies: 3, hasRedis: true });
    const running = fleet;
    const killed = await underLoad(running, 6, async (afterMore) => {
      await afterMore(50);
      await running.kill(0);
      await afterMore(100);
    });
    expect(killed.violations).toEqual([]);
    // Those on their way through the killed copy, at most one of each client; the balancer sends no more there.
    const failed = Object.entries(killed.failures);
    expect(failed.every(([name]) => name.startsWith("0 ") || name.startsWith("502 "))).toBe(true);
    expect(failed.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(6);
    const restarted = await underLoad(running, 6, async (afterMore) => {
      await afterMore(20);
      await running.restartAll();
      await afterMore(20);
    });
    expect(restarted).toMatchObject({ failures: {}, violations: [] });
  }, 120_000);
});
