import { createCaller } from "../../../support/upstream-caller.js";
import { sendJson } from "../../../support/scripted-upstream.js";
import { startUpstreamClient } from "../../../support/upstream-client.js";

/** Stops the clock that calls are spaced by. */
function stopClock() {
  let nowMs = 0;
  jest.spyOn(performance, "now").mockImplementation(() => nowMs);
  return { pass: (ms: number) => (nowMs += ms) };
}

/** An upstream that responds at once, where five calls a second and account are allowed: one at a time. */
async function start(limit = 5) {
  const clock = stopClock();
  const started = await startUpstreamClient({ accountCallsPerSecond: limit }, (exchange) => {
    sendJson(exchange, []);
  });
  return { clock, ...started };
}

const limited = (retryAfterSeconds: number) => ({
  fault: "rate-limited",
  outcome: "not-done",
  retryAfterSeconds,
});

describe("an account with as many calls as it may have", () => {
  it("gets the next one when it is its turn, first come, first served", async () => {
    const { clock, upstream, log, list, stop } = await start();
    await list("a");
    const [second, third] = [list("a", "1"), list("b", "1")];
    await log.until(({ held }) => held.length === 2);
    expect(upstream.exchanges).toHaveLength(1);
    clock.pass(1000);
    await second;
    expect(upstream.exchanges).toHaveLength(2);
    clock.pass(1000);
    await third;
    expect(log.held).toEqual(["delayed", "delayed"]);
    await stop();
  });

  it("refuses at once a call whose turn is after its deadline, and says when to come again", async () => {
    const { upstream, api, log, list, stop } = await start(0.5);
    await list("a");
    const { call } = createCaller("a", 1500);
    await expect(api.list(call, "1", true)).rejects.toMatchObject(limited(2));
    expect(upstream.exchanges).toHaveLength(1);
    expect(log.held).toEqual(["refused"]);
    await stop();
  });

  it("does not delay other accounts", async () => {
    const { upstream, list, stop } = await start();
    for (const account of ["1", "2", "3"]) await list("a", account);
    expect(upstream.exchanges).toHaveLength(3);
    await stop();
  });

  it("forgets a call whose caller leaves", async () => {
    const { clock, upstream, api, log, list, stop } = await start();
    await list("a");
    const leaver = createCaller("a");
    const gone = api.list(leaver.call, "1", true);
    await log.until(({ held }) => held.length === 1);
    leaver.leave();
    await expect(gone).rejects.toMatchObject({ fault: "cancelled" });
    clock.pass(1000);
    await list("a");
    expect(upstream.exchanges).toHaveLength(2);
    await stop();
  });

  it("delays those whose credentials have never worked first", async () => {
    const { clock, upstream, api, log, list, stop } = await start(40);
    // The burst of an account of 40 calls a second is 8 calls, and that of strangers 2.
    await list("known");
    const strangers = Array.from({ length: 6 }, (_, index) => list(`stranger-${index}`));
    await log.until(({ held }) => held.length === 5);
    const { call } = createCaller("known");
    for (let index = 0; index < 5; index += 1) await api.list(call, "1", index % 2 === 0);
    expect(upstream.exchanges).toHaveLength(7);
    for (let received = 7; received < 12; received += 1) {
      clock.pass(1000);
      await upstream.whenReceived(received + 1);
    }
    await Promise.all(strangers);
    await stop();
  });

  it("counts retries too", async () => {
    const clock = stopClock();
    const { upstream, log, list, stop } = await startUpstreamClient(
      { accountCallsPerSecond: 5 },
      (exchange, count) => {
        if (count === 1) exchange.response.writeHead(503).end();
        else sendJson(exchange, []);
      },
    );
    const read = list("a");
    await log.until(({ held }) => held.length === 1);
    expect(upstream.exchanges).toHaveLength(1);
    clock.pass(2000);
    await read;
    expect(upstream.exchanges).toHaveLength(2);
    await stop();
  });
});
