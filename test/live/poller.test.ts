import { Poller } from "../../src/live/poller.js";
import { StateBudget } from "../../src/live/state-budget.js";
import type { PollOutcome } from "../../src/observability/index.js";
import { UpstreamError } from "../../src/upstream/http/upstream-error.js";
import type { UpstreamErrorDetails, UpstreamFault } from "../../src/upstream/http/upstream-error.js";

/** When polls are sent, by a clock that the test moves. */

const intervalMs = 1000;
const operation = {
  service: "accountConfigReadOnly",
  operation: "listStatusReasons",
  intent: "read",
} as const;

interface Polls {
  readonly poller: Poller<string>;
  /** When each poll was sent, in milliseconds since the first. */
  readonly sentAtMs: number[];
  readonly outcomes: PollOutcome[];
  readonly follower: {
    readonly dependsOnTime: boolean;
    readonly notify: jest.Mock;
    readonly fail: jest.Mock;
  };
  /** What the next polls come to. */
  readonly respond: (how: () => Promise<string>) => void;
}

function startPolls(): Polls {
  const sentAtMs: number[] = [];
  const outcomes: PollOutcome[] = [];
  let how = (): Promise<string> => Promise.resolve("same");
  const startedAt = Date.now();
  const poller = new Poller<string>({
    authorization: "Bearer token",
    times: { intervalMs, wakeGapMs: 100, timeoutMs: 5000 },
    observer: {
      pollEnded: (outcome) => outcomes.push(outcome),
      pollersChanged: () => undefined,
      staleChanged: () => undefined,
      subscriptionsChanged: () => undefined,
    },
    ask: () => {
      sentAtMs.push(Date.now() - startedAt);
      return how();
    },
    recordsIn: () => 1,
    budget: new StateBudget(),
    now: () => Date.now(),
    onEnd: () => undefined,
  });
  const follower = { dependsOnTime: false, notify: jest.fn(), fail: jest.fn() };
  poller.follow(follower);
  return {
    poller,
    sentAtMs,
    outcomes,
    follower,
    respond: (next) => {
      how = next;
    },
  };
}

function failure(fault: UpstreamFault, details?: UpstreamErrorDetails): () => Promise<string> {
  return () => Promise.reject(new UpstreamError(fault, operation, details));
}

function gapsOf(sentAtMs: readonly number[]): number[] {
  return sentAtMs.slice(1).map((at, index) => at - (sentAtMs[index] ?? 0));
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test("polls at the interval, give or take a tenth", async () => {
  const { poller, sentAtMs, follower } = startPolls();
  await jest.advanceTimersByTimeAsync(20 * intervalMs);
  const gaps = gapsOf(sentAtMs);
  expect(gaps.length).toBeGreaterThanOrEqual(18);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.9 * intervalMs);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1.1 * intervalMs + 1);
  expect(new Set(gaps).size).toBeGreaterThan(1);
  expect(follower.notify).toHaveBeenCalledTimes(1);
  poller.unfollow(follower);
});

test("slows down while the upstream fails, to twelve intervals, and is back soon after", async () => {
  const { poller, sentAtMs, follower, respond } = startPolls();
  await jest.advanceTimersByTimeAsync(0);
  respond(failure("server-error"));
  await jest.advanceTimersByTimeAsync(60 * intervalMs);
  const slow = gapsOf(sentAtMs);
  expect(slow[1]).toBeGreaterThanOrEqual(1.8 * intervalMs);
  expect(slow[2]).toBeGreaterThanOrEqual(3.6 * intervalMs);
  expect(Math.max(...slow)).toBeLessThanOrEqual(1.1 * 12 * intervalMs + 1);
  respond(() => Promise.resolve("same"));
  await jest.advanceTimersByTimeAsync(30 * intervalMs);
  expect(gapsOf(sentAtMs).at(-1)).toBeLessThanOrEqual(1.1 * intervalMs + 1);
  poller.unfollow(follower);
});

test("waits as long as a 429 says, also where writes ask for a poll", async () => {
  const { poller, sentAtMs, follower, respond } = startPolls();
  await jest.advanceTimersByTimeAsync(0);
  respond(failure("rate-limited", { retryAfterSeconds: 30 }));
  await jest.advanceTimersByTimeAsync(2 * intervalMs);
  expect(sentAtMs).toHaveLength(2);
  poller.wake();
  await jest.advanceTimersByTimeAsync(28 * intervalMs);
  expect(sentAtMs).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(3 * intervalMs);
  expect(sentAtMs.length).toBeGreaterThan(2);
  poller.unfollow(follower);
});

test("a write's poll is sent at once; a thousand of them keep the gap", async () => {
  const { poller, sentAtMs, follower } = startPolls();
  await jest.advanceTimersByTimeAsync(500);
  poller.wake();
  await jest.advanceTimersByTimeAsync(0);
  expect(sentAtMs).toEqual([0, 500]);
  for (let writes = 0; writes < 1000; writes += 1) {
    poller.wake();
    await jest.advanceTimersByTimeAsync(1);
  }
  expect(Math.min(...gapsOf(sentAtMs).slice(1))).toBeGreaterThanOrEqual(100);
  expect(sentAtMs.length).toBeLessThanOrEqual(13);
  poller.unfollow(follower);
});

test("a write during a poll makes another one after it", async () => {
  const { poller, sentAtMs, follower, respond } = startPolls();
  let end: (state: string) => void = () => undefined;
  respond(() => new Promise((resolve) => (end = resolve)));
  await jest.advanceTimersByTimeAsync(200);
  expect(sentAtMs).toHaveLength(1);
  poller.wake();
  end("before the write");
  await jest.advanceTimersByTimeAsync(1);
  expect(sentAtMs).toHaveLength(2);
  poller.unfollow(follower);
});

test("is stale after three intervals without a response, and not any more after one", async () => {
  const { poller, follower, respond } = startPolls();
  await jest.advanceTimersByTimeAsync(0);
  respond(() => new Promise(() => undefined));
  await jest.advanceTimersByTimeAsync(3 * intervalMs - 1);
  expect(poller.snapshot?.isStale).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  expect(poller.snapshot?.isStale).toBe(true);
  expect(follower.notify).toHaveBeenCalledTimes(2);
  poller.unfollow(follower);
  expect(jest.getTimerCount()).toBeLessThanOrEqual(1);
});

test.each<UpstreamFault>(["bad-request", "unauthenticated", "forbidden", "not-found"])(
  "ends with %s, which the next poll would meet again",
  async (fault) => {
    const { sentAtMs, follower, respond } = startPolls();
    await jest.advanceTimersByTimeAsync(0);
    respond(failure(fault));
    await jest.advanceTimersByTimeAsync(100 * intervalMs);
    expect(sentAtMs).toHaveLength(2);
    expect(follower.fail).toHaveBeenCalledWith(expect.objectContaining({ fault }));
  },
);

test("what is no failure of the upstream ends the polls, too", async () => {
  const { follower, respond } = startPolls();
  respond(() => {
    throw new TypeError("a mistake");
  });
  await jest.advanceTimersByTimeAsync(2 * intervalMs);
  expect(follower.fail).toHaveBeenCalledWith(expect.any(TypeError));
});
