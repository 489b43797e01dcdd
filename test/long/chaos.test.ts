import { runChaos } from "../../tools/chaos/run-chaos.js";

const mebibyte = 1024 * 1024;

/** The short form; `npm run tool -- chaos` is the long one, with the seed of your choice. */
describe("an upstream in trouble", () => {
  it.each([1, 2])(
    "breaks no promise (seed %d)",
    async (seed) => {
      const report = await runChaos({ seed, steps: 400, concurrency: 12, deadlineMs: 3000 });
      expect(report.violations).toEqual([]);
      expect(report.isReady).toBe(true);
      // The run is no run unless much succeeds and much fails.
      expect(report.codes.get("OK")).toBeGreaterThan(100);
      expect(report.codes.get("UPSTREAM_UNAVAILABLE")).toBeGreaterThan(0);
      expect(report.codes.get("UPSTREAM_INVALID_RESPONSE")).toBeGreaterThan(0);
      expect(report.codes.get("INTERNAL_SERVER_ERROR")).toBeUndefined();
      expect(report.writes).toBeGreaterThan(20);
      expect(report.retries).toBeGreaterThan(0);
      expect(report.sockets[1]).toBeLessThanOrEqual(report.sockets[0]);
      expect(report.heap[1] - report.heap[0]).toBeLessThan(24 * mebibyte);
    },
    120_000,
  );
});
