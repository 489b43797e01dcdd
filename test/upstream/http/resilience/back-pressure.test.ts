import { CreateStatusReasonDocument, StatusReasonsDocument } from "../../../../src/generated/operations.js";
import { callerCredentials } from "../../../../src/upstream/access/credentials/caller.credentials.js";
import { fixedOrigin } from "../../../../src/upstream/http/service-directory.js";
import { createUpstream } from "../../../../src/upstream/upstream.js";
import { stopClocks } from "../../../support/deadlines.js";
import { errorOf, startTestGateway } from "../../../support/gateway.js";
import type { TestGateway } from "../../../support/gateway.js";
import { sendJson, startScriptedUpstream } from "../../../support/scripted-upstream.js";
import type { ScriptedExchange, ScriptedUpstream } from "../../../support/scripted-upstream.js";
import { createCaller } from "../../../support/upstream-caller.js";
import { startUpstreamClient } from "../../../support/upstream-client.js";

describe("a host with all its turns taken", () => {
  const full = { maxConcurrency: 1, maxQueue: 1 };

  it("lets so many run, so many wait, and refuses the others at once", async () => {
    const { upstream, log, list, create, answer, stop } = await startUpstreamClient(full);
    const running = list("a");
    await upstream.whenReceived(1);
    const waiting = list("b");
    await log.until(({ queued }) => queued === 1);
    const refusal = { fault: "unavailable", outcome: "not-done" };
    await expect(list("c")).rejects.toMatchObject(refusal);
    await expect(create()).rejects.toMatchObject(refusal);
    expect(upstream.exchanges).toHaveLength(1);
    answer(0);
    await running;
    await upstream.whenReceived(2);
    answer(1);
    await waiting;
    expect(log.queued).toBe(0);
    await stop();
  });

  it("frees the place of a caller who leaves the queue", async () => {
    const { upstream, api, log, list, answer, stop } = await startUpstreamClient(full);
    const running = list("a");
    await upstream.whenReceived(1);
    const leaver = createCaller("b");
    const gone = api.list(leaver.call, "1", false);
    await log.until(({ queued }) => queued === 1);
    leaver.leave();
    await expect(gone).rejects.toMatchObject({ fault: "cancelled" });
    const next = list("c");
    await log.until(({ queued }) => queued === 1);
    answer(0);
    await running;
    await upstream.whenReceived(2);
    expect(upstream.exchanges[1]?.request.headers.authorization).toBe("Bearer c");
    answer(1);
    await next;
    await stop();
  });
});

describe("a caller with many calls", () => {
  const tokensOf = ({ exchanges }: ScriptedUpstream) =>
    exchanges.map(({ request }) => request.headers.authorization?.replace("Bearer ", ""));

  it("leaves a quarter of the turns to others, and makes place for them in a full queue", async () => {
    const options = { maxAttempts: 1, maxConcurrency: 4, maxQueue: 4 };
    const { upstream, api, log, list, answer, stop } = await startUpstreamClient(options);
    const many = Array.from({ length: 7 }, (_, index) =>
      api.byId(createCaller("greedy").call, "1", String(index)).then(
        () => "answered",
        () => "refused",
      ),
    );
    await log.until(({ queued }) => queued === 4);
    await upstream.whenReceived(3);
    expect(tokensOf(upstream)).toEqual(["greedy", "greedy", "greedy"]);
    const others = ["b", "c", "d"].map((token) => list(token));
    await upstream.whenReceived(4);
    expect(tokensOf(upstream).at(-1)).toBe("b");
    for (let index = 0; index < 8; index += 1) {
      await upstream.whenReceived(index + 1);
      answer(index, ({ response }) => response.writeHead(404).end());
    }
    await Promise.allSettled(others);
    expect(await Promise.all(many)).toEqual([...Array<string>(5).fill("answered"), "refused", "refused"]);
    expect(tokensOf(upstream).slice(4)).toEqual(["greedy", "c", "d", "greedy"]);
    await stop();
  });
});

describe("where the gateway calls in its own name", () => {
  it.each([
    ["another caller of the account", "other", "1"],
    ["the same caller at another account", "greedy", "2"],
  ])("%s does not wait for all calls of a caller with many", async (_what, token, accountId) => {
    const upstream = await startScriptedUpstream();
    const client = createUpstream({
      directory: fixedOrigin(upstream.origin),
      credentials: { ...callerCredentials, isOwn: true },
      apiVersion: "1.0",
      resilience: { maxAttempts: 1, maxConcurrency: 4 },
    });
    const many = Array.from({ length: 8 }, (_, index) =>
      client.statusReasons.byId(createCaller("greedy").call, "1", String(index + 1)),
    );
    await upstream.whenReceived(3);
    const one = client.statusReasons.list(createCaller(token).call, accountId, false);
    await upstream.whenReceived(4);
    expect(upstream.exchanges[3]?.request.url).toContain(`/account/${accountId}/`);
    for (let index = 0; index < 9; index += 1) {
      await upstream.whenReceived(index + 1);
      const { request, response } = upstream.exchanges[index] ?? {};
      if (request?.url?.includes("status-reasons?") === true) response?.end("[]");
      else response?.writeHead(404).end();
    }
    await expect(one).resolves.toMatchObject({ value: [] });
    await Promise.all(many);
    await client.close();
    await upstream.stop();
  });
});

describe("an account that got a 429", () => {
  const limit = ({ response }: ScriptedExchange): void => {
    response.writeHead(429, { "retry-after": "600" }).end();
  };
  const limitAt =
    (number: number) =>
    (exchange: ScriptedExchange, count: number): void => {
      if (count === number) limit(exchange);
      else sendJson(exchange, []);
    };

  it("is not called, whoever calls, where the caller has been served there before", async () => {
    stopClocks();
    const options = { maxAttempts: 1, maxPauseMs: 600_000 };
    const { upstream, list, create, stop } = await startUpstreamClient(options, limitAt(2));
    await list();
    await expect(list()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 600 });
    for (const call of [list(), list("other"), create()]) {
      await expect(call).rejects.toMatchObject({ fault: "rate-limited", outcome: "not-done" });
    }
    expect(upstream.exchanges).toHaveLength(2);
    await expect(list("token", "2")).resolves.toMatchObject({ value: [] });
    await stop();
  });

  it("is not called by a caller who was never served there, while others call it", async () => {
    stopClocks();
    const options = { maxAttempts: 1, maxPauseMs: 600_000 };
    const { upstream, list, stop } = await startUpstreamClient(options, limitAt(2));
    await list("stranger", "2");
    await expect(list("stranger")).rejects.toMatchObject({ status: 429, retryAfterSeconds: 600 });
    await expect(list("stranger")).rejects.toMatchObject({ fault: "rate-limited", outcome: "not-done" });
    expect(upstream.exchanges).toHaveLength(2);
    await expect(list("other")).resolves.toMatchObject({ value: [] });
    await expect(list("stranger", "2")).resolves.toMatchObject({ value: [] });
    await stop();
  });

  it("lets its calls wait where their deadline allows it", async () => {
    const options = { maxAttempts: 1, maxPauseMs: 50 };
    const { upstream, list, stop } = await startUpstreamClient(options, limitAt(2));
    await list();
    await expect(list()).rejects.toMatchObject({ status: 429 });
    await Promise.all(["a", "b", "c"].map((token) => list(token)));
    expect(upstream.exchanges).toHaveLength(5);
    await stop();
  });

  it("is not called either by what stood in the queue", async () => {
    const options = { maxConcurrency: 1, maxPauseMs: 600_000 };
    const { upstream, log, list, answer, stop } = await startUpstreamClient(options);
    const first = list("a");
    await upstream.whenReceived(1);
    answer(0);
    await first;
    const running = list("a");
    await upstream.whenReceived(2);
    const waiting = list("b");
    await log.until(({ queued }) => queued === 1);
    answer(1, limit);
    await expect(running).rejects.toMatchObject({ status: 429 });
    await expect(waiting).rejects.toMatchObject({ fault: "rate-limited", outcome: "not-done" });
    expect(upstream.exchanges).toHaveLength(2);
    await stop();
  });
});

describe("a refused call", () => {
  const accountId = "12345678";
  const operations = {
    read: (gateway: TestGateway) => gateway.run(StatusReasonsDocument, { accountId }),
    write: (gateway: TestGateway) =>
      gateway.run(CreateStatusReasonDocument, { accountId, input: { text: "Brunch" } }),
  };

  it.each(["read", "write"] as const)("is UPSTREAM_UNAVAILABLE and retryable, be it a %s", async (kind) => {
    const gateway = await startTestGateway({ UPSTREAM_CIRCUIT_FAILURES: "1", UPSTREAM_ATTEMPTS: "1" });
    gateway.emulator.faults.add({ status: 500 });
    const failure = async () => errorOf(await operations[kind](gateway)).extensions;
    expect(await failure()).toMatchObject({ code: "UPSTREAM_ERROR" });
    expect(await failure()).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    expect(gateway.emulator.journal.count()).toBe(1);
    await gateway.stop();
  });
});
