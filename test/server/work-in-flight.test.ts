import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import fc from "fast-check";

import { WorkInFlight } from "../../src/server/work-in-flight.js";
import { CallCancelled, DeadlinePassed } from "../../src/upstream/http/call-context.js";

const timeoutMs = 1000;

function createResponse(): ServerResponse {
  return new ServerResponse(new IncomingMessage(new Socket()));
}

/** A request that comes some time after the one before, and whose caller leaves some time after that, or never. */
const request = fc.record({
  afterMs: fc.nat({ max: 1500 }),
  leavesAfterMs: fc.option(fc.integer({ min: 1, max: 2 * timeoutMs }), { nil: Infinity }),
});

describe("the work in flight", () => {
  let work: WorkInFlight;
  beforeEach(() => {
    jest.useFakeTimers();
    work = new WorkInFlight(timeoutMs);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("ends for each request when its own time is up, or its caller leaves before that", () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), (requests) => {
        const endedAfterMs: number[] = [];
        for (const [index, { afterMs, leavesAfterMs }] of requests.entries()) {
          jest.advanceTimersByTime(afterMs);
          const [response, beganMs] = [createResponse(), performance.now()];
          work.begin(response).addEventListener("abort", () => {
            endedAfterMs[index] = performance.now() - beganMs;
          });
          if (leavesAfterMs !== Infinity) setTimeout(() => response.emit("close"), leavesAfterMs);
        }
        jest.advanceTimersByTime(2 * timeoutMs);
        expect(endedAfterMs).toEqual(requests.map(({ leavesAfterMs }) => Math.min(leavesAfterMs, timeoutMs)));
        expect(jest.getTimerCount()).toBe(0);
      }),
    );
  });

  it("says why it ended", () => {
    const [late, left] = [createResponse(), createResponse()].map((response) => ({
      response,
      signal: work.begin(response),
    }));
    left?.response.emit("close");
    jest.advanceTimersByTime(timeoutMs);
    expect(late?.signal.reason).toBeInstanceOf(DeadlinePassed);
    expect(left?.signal.reason).toBeInstanceOf(CallCancelled);
  });

  it("ends when it is cut, and is not begun after that", () => {
    const before = work.begin(createResponse());
    work.cut();
    expect(before.reason).toBeInstanceOf(CallCancelled);
    expect(work.begin(createResponse()).aborted).toBe(true);
  });
});
