import { StepDeadline } from "../../../src/cli/reasons/step-deadline.js";
import { DeadlinePassed } from "../../../src/upstream/http/call-context.js";

describe("the deadline of a step", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("is whole again after a renewal, for the calls that begin then", () => {
    const deadline = new StepDeadline(1000);
    const call = deadline.callContext({ authorization: undefined, requestId: "r" });
    const first = call.signal;
    jest.advanceTimersByTime(900);
    deadline.renew();
    expect(call.deadlineAtMs).toBe(Date.now() + 1000);
    jest.advanceTimersByTime(900);
    expect([first.aborted, call.signal.aborted]).toEqual([false, false]);
    jest.advanceTimersByTime(100);
    expect(call.signal.reason).toBeInstanceOf(DeadlinePassed);
    deadline.renew();
    expect(call.signal.aborted).toBe(false);
    deadline.end();
    expect(jest.getTimerCount()).toBe(0);
  });
});
