import { WorkInFlight } from "../../src/server/work-in-flight.js";
import type { Work } from "../../src/server/work-in-flight.js";
import { DeadlinePassed } from "../../src/upstream/http/call-context.js";

/**
 * Lets the deadlines of requests pass when a test says so: a short timeout may pass on a busy machine before the
 * gateway is where the test wants it. Until the end of the test it follows the requests of every gateway.
 *
 * @returns lets the deadline pass of each request that a gateway has begun to serve since
 */
export function holdDeadlines(): () => void {
  const opened = jest.spyOn(WorkInFlight.prototype, "open");
  return () => {
    for (const { value } of opened.mock.results) (value as Work).abort(new DeadlinePassed());
  };
}

/** Stops the clocks until the end of the test: what remains of a pause or of a deadline stays the same. Timers go on. */
export function stopClocks(): void {
  jest.spyOn(Date, "now").mockReturnValue(Date.now());
  jest.spyOn(performance, "now").mockReturnValue(performance.now());
}
