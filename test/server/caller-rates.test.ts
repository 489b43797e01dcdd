import fc from "fast-check";

import { CallerRates } from "../../src/server/caller-rates.js";
import { singleCopy } from "../../src/shared-state/shared-state.js";
import { emulatorAccountId as accountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf, errorOf, figureOf, startTestGateway } from "../support/gateway.js";
import type { RequestOptions, TestGateway } from "../support/gateway.js";
import { nextOf, sseClient, webSocketClient } from "../support/subscribers.js";
import type { Events } from "../support/subscribers.js";

const minuteMs = 60_000;

/** The plain way: all operations are kept, and counted anew each time. */
class PlainRates {
  readonly #sentAtMs: number[] = [];

  constructor(private readonly perMinute: number) {}

  mayTake(nowMs: number): boolean {
    const window = Math.floor(nowMs / minuteMs);
    const ofWindow = (number: number) =>
      this.#sentAtMs.filter((at) => Math.floor(at / minuteMs) === number).length;
    const left = 1 - (nowMs - window * minuteMs) / minuteMs;
    const current = ofWindow(window);
    return current < this.perMinute && current + ofWindow(window - 1) * left <= this.perMinute + 1e-9;
  }

  take(nowMs: number): void {
    this.#sentAtMs.push(nowMs);
  }
}

const steps = fc.array(fc.oneof(fc.constant(0), fc.nat(5000), fc.nat(200_000)), {
  minLength: 1,
  maxLength: 120,
});

test("an operation is allowed as the plain way allows it, and when it was said that it would be", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), steps, (perMinute, pauses) => {
      let nowMs = 1_000 * minuteMs;
      const rates = new CallerRates({ perMinute, shared: singleCopy, now: () => nowMs });
      const plain = new PlainRates(perMinute);
      for (const pause of pauses) {
        nowMs += pause;
        const retryAfter = rates.take("caller");
        expect(retryAfter === 0).toBe(plain.mayTake(nowMs));
        if (retryAfter === 0) plain.take(nowMs);
        else {
          expect(plain.mayTake(nowMs + retryAfter * 1000)).toBe(true);
          expect(plain.mayTake(nowMs + (retryAfter - 1) * 1000)).toBe(false);
        }
      }
    }),
  );
});

test("callers do not share a limit, and a crowd of them does not make the count grow without bound", () => {
  const rates = new CallerRates({ perMinute: 1, shared: singleCopy, now: () => 0 });
  let refused = 0;
  for (let index = 0; index < 60_000; index += 1) refused += rates.take(`caller ${index}`);
  expect(refused).toBe(0);
  expect(rates.take("caller 59999")).toBe(60);
  // The first ones are forgotten.
  expect(rates.take("caller 0")).toBe(0);
});

test("the operations of other copies count as soon as they are known", async () => {
  const counted: number[] = [];
  let total = 0;
  const rates = new CallerRates({
    perMinute: 40,
    now: () => 0,
    shared: {
      countOperations: (_caller, window, count) => {
        expect(window).toBe(0);
        counted.push(count);
        // As many again have come to another copy.
        total += 2 * count;
        return Promise.resolve(total);
      },
    },
  });
  let taken = 0;
  while (rates.take("caller") === 0) {
    taken += 1;
    await Promise.resolve();
  }
  expect(taken).toBe(20);
  expect(counted).toEqual(new Array(10).fill(2));
});

describe("a caller that sends more operations in a minute than it may", () => {
  const query = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
  const limit = 6;
  const nowMs = 1_000 * minuteMs;
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await startTestGateway(
      { CALLER_MAX_OPERATIONS_PER_MINUTE: String(limit) },
      { now: () => nowMs },
    );
  });
  afterEach(() => gateway.stop());

  const send = (options?: RequestOptions) => gateway.query(query, undefined, options);
  const use = async (count: number) => {
    for (let index = 0; index < count; index += 1) dataOf(await send());
  };
  const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { changed { id } } }`;

  it("gets a 429 with the time to wait, before anything is done; others are served", async () => {
    await use(limit);
    const before = gateway.emulator.journal.requests.length;
    const response = await send();
    expect(response).toMatchObject({ status: 429, data: undefined });
    expect(response.headers.get("retry-after")).toBe("60");
    const requestId = response.headers.get("x-request-id");
    expect(errorOf(response)).toEqual({
      message: "You have sent as many operations in a minute as you may; try again when the time is up.",
      extensions: { code: "RATE_LIMITED", retryable: true, retryAfter: 60, requestId },
    });
    expect(gateway.emulator.journal.requests).toHaveLength(before);
    dataOf(await send({ token: emulatorTokens.readOnly }));
    expect(
      await figureOf(gateway.origin, 'status_reason_gateway_requests_turned_away_total{limit="caller"}'),
    ).toBe(1);
  });

  it("gets it whatever way the operation is sent", async () => {
    await use(limit);
    const get = await fetch(`${gateway.url}?query=${encodeURIComponent(query)}`, {
      headers: { "apollo-require-preflight": "1", authorization: `Bearer ${emulatorTokens.admin}` },
    });
    expect(get.status).toBe(429);
    expect((await send({ headers: { accept: "text/event-stream" } })).status).toBe(429);
    const client = webSocketClient(gateway.url);
    const events = client.iterate({ query: subscription }) as Events;
    await expect(nextOf(events)).rejects.toMatchObject([
      { extensions: { code: "RATE_LIMITED", retryAfter: 60 } },
    ]);
    await client.dispose();
  });

  it("has each operation counted once, a subscription too, whose events are free", async () => {
    const client = sseClient(gateway.url);
    const events = client.iterate({ query: subscription }) as Events;
    await nextOf(events);
    await use(limit - 1);
    expect((await send()).status).toBe(429);
    client.dispose();
  });

  it("is nobody without credentials, whose operations reach no upstream", async () => {
    for (let index = 0; index <= limit; index += 1) {
      expect(errorOf(await send({ token: null })).extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    }
  });
});
