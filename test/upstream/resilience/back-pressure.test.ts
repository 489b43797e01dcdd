import type { ResilienceOptions } from "../../../src/upstream/resilience/options.js";
import { fixedOrigin } from "../../../src/upstream/service-directory.js";
import type { StatusReasonApi } from "../../../src/upstream/status-reason.api.js";
import { createUpstream } from "../../../src/upstream/upstream.js";
import type { Upstream } from "../../../src/upstream/upstream.js";
import { CreateStatusReasonDocument, StatusReasonsDocument } from "../../operations/generated/graphql.js";
import { errorOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { sendJson, startScriptedUpstream } from "../../support/scripted-upstream.js";
import type { ScriptedExchange, ScriptedUpstream } from "../../support/scripted-upstream.js";
import { createCaller } from "../../support/upstream-caller.js";
import { UpstreamLog } from "../../support/upstream-log.js";

const brunch = { text: "Brunch", state: "AWAY", enabled: true } as const;
const wireBrunch = { id: 1, text: "Brunch", state: "Away", enabled: true, deleted: false };

describe("back-pressure", () => {
  let upstream: ScriptedUpstream;
  let client: Upstream;
  let api: StatusReasonApi;
  let log: UpstreamLog;
  afterEach(async () => {
    await client.close();
    await upstream.stop();
  });

  async function start(
    resilience: Partial<ResilienceOptions>,
    answer?: (exchange: ScriptedExchange, count: number) => void,
  ): Promise<void> {
    upstream = await startScriptedUpstream(answer);
    log = new UpstreamLog();
    const directory = fixedOrigin(upstream.origin);
    const options = { maxAttempts: 1, backoffBaseMs: 1, ...resilience };
    client = createUpstream({ directory, apiVersion: "1.0", resilience: options, observer: log });
    api = client.statusReasons;
  }

  /** A read that shares no flight with those of other tokens. */
  const list = (token = "token", accountId = "1") => api.list(createCaller(token).call, accountId, false);
  const answer = (index: number): void => {
    const exchange = upstream.exchanges[index];
    if (exchange === undefined) throw new Error("no such request");
    sendJson(exchange, []);
  };

  describe("of a host", () => {
    const full = { maxConcurrency: 1, maxQueue: 1 };

    it("lets so many run, so many wait, and refuses the others at once", async () => {
      await start(full);
      const running = list("a");
      await upstream.whenReceived(1);
      const waiting = list("b");
      await log.until(({ queued }) => queued === 1);
      const refusal = { fault: "unavailable", outcome: "not-done" };
      await expect(list("c")).rejects.toMatchObject(refusal);
      await expect(api.create(createCaller().call, "1", brunch)).rejects.toMatchObject(refusal);
      expect(upstream.exchanges).toHaveLength(1);
      answer(0);
      await running;
      await upstream.whenReceived(2);
      answer(1);
      await waiting;
      expect(log.queued).toBe(0);
    });

    it("frees the place of a caller who leaves the queue", async () => {
      await start(full);
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
    });
  });

  describe("of an account that got a 429", () => {
    const limited = ({ response }: ScriptedExchange): void => {
      response.writeHead(429, { "retry-after": "600" }).end();
    };

    it("refuses its further calls without making them, whoever calls, and no other account's", async () => {
      await start({ maxPauseMs: 600_000 }, (exchange, count) => {
        if (count === 1) limited(exchange);
        else sendJson(exchange, []);
      });
      await expect(list()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 600 });
      for (const call of [list(), list("other"), api.create(createCaller().call, "1", brunch)]) {
        await expect(call).rejects.toMatchObject({ fault: "rate-limited", outcome: "not-done" });
      }
      expect(upstream.exchanges).toHaveLength(1);
      await expect(list("token", "2")).resolves.toMatchObject({ value: [] });
    });

    it("lets its calls wait where their deadline allows it", async () => {
      await start({ maxPauseMs: 50 }, (exchange, count) => {
        if (count === 1) limited(exchange);
        else sendJson(exchange, []);
      });
      await expect(list()).rejects.toMatchObject({ status: 429 });
      await Promise.all(["a", "b", "c"].map((token) => list(token)));
      expect(upstream.exchanges).toHaveLength(4);
    });

    it("holds also for what stood in the queue when it came", async () => {
      await start({ maxConcurrency: 1, maxPauseMs: 600_000 });
      const running = list("a");
      await upstream.whenReceived(1);
      const waiting = list("b");
      await log.until(({ queued }) => queued === 1);
      const [exchange] = upstream.exchanges;
      if (exchange !== undefined) limited(exchange);
      await expect(running).rejects.toMatchObject({ status: 429 });
      await expect(waiting).rejects.toMatchObject({ fault: "rate-limited", outcome: "not-done" });
      expect(upstream.exchanges).toHaveLength(1);
    });
  });

  describe("of a host in trouble", () => {
    const failing = ({ response }: ScriptedExchange): void => {
      response.writeHead(503).end();
    };

    it("opens the circuit on a run of failures and makes no further calls", async () => {
      await start({ circuitFailures: 3, circuitOpenMs: 600_000 }, failing);
      for (let count = 0; count < 3; count += 1) await expect(list()).rejects.toMatchObject({ status: 503 });
      expect(client.isCircuitOpen()).toBe(true);
      for (const call of [list(), list("other", "2"), api.create(createCaller().call, "1", brunch)]) {
        await expect(call).rejects.toMatchObject({ fault: "unavailable", outcome: "not-done" });
      }
      expect(upstream.exchanges).toHaveLength(3);
      expect(log.circuit).toEqual(["open"]);
    });

    it("tells of the failure, not of the circuit that it opened", async () => {
      await start({ circuitFailures: 2, maxAttempts: 3 }, failing);
      await expect(list()).rejects.toMatchObject({ fault: "server-error", status: 503 });
      expect(upstream.exchanges).toHaveLength(2);
    });

    it("lets go of those who wait for their turn", async () => {
      await start({ circuitFailures: 1, maxConcurrency: 1 });
      const running = list("a");
      await upstream.whenReceived(1);
      const waiting = ["b", "c"].map((token) => list(token));
      await log.until(({ queued }) => queued === 2);
      const [exchange] = upstream.exchanges;
      if (exchange !== undefined) failing(exchange);
      await expect(running).rejects.toMatchObject({ status: 503 });
      for (const call of waiting) await expect(call).rejects.toMatchObject({ outcome: "not-done" });
      expect(upstream.exchanges).toHaveLength(1);
    });

    it("opens on broken connections and time-outs too", async () => {
      await start({ circuitFailures: 2 }, ({ request }, count) => {
        if (count === 1) request.socket.resetAndDestroy();
      });
      await expect(list()).rejects.toMatchObject({ fault: "unavailable" });
      const hasty = createCaller();
      const late = api.list(hasty.call, "1", false);
      await upstream.whenReceived(2);
      hasty.expire();
      await expect(late).rejects.toMatchObject({ fault: "timeout" });
      await log.until(({ circuit }) => circuit.includes("open"));
    });

    it("never opens on a 4xx or on callers who leave", async () => {
      await start({ circuitFailures: 2 }, ({ response }, count) => {
        if (count <= 4) response.writeHead(403).end();
      });
      for (let count = 0; count < 4; count += 1) await expect(list()).rejects.toMatchObject({ status: 403 });
      for (let count = 5; count < 9; count += 1) {
        const leaver = createCaller();
        const gone = api.list(leaver.call, "1", false);
        await upstream.whenReceived(count);
        leaver.leave();
        await expect(gone).rejects.toMatchObject({ fault: "cancelled" });
      }
      await log.until(({ outcomes }) => outcomes.length === 8);
      expect(log.circuit).toEqual([]);
    });

    it("counts failures in a row only", async () => {
      await start({ circuitFailures: 2 }, (exchange, count) => {
        if (count % 2 === 1) failing(exchange);
        else exchange.response.writeHead(404).end();
      });
      for (let count = 0; count < 6; count += 1) await expect(list()).rejects.toThrow();
      expect(log.circuit).toEqual([]);
    });

    /** Calls until the open circuit lets one through. */
    async function probe(): Promise<void> {
      const probes = log.circuit.filter((condition) => condition === "half-open").length;
      const isOut = () => log.circuit.filter((condition) => condition === "half-open").length > probes;
      while (!isOut()) await list().catch(() => undefined);
    }

    it("lets one call through after a while, and closes the circuit when that is answered", async () => {
      let isWell = false;
      await start({ circuitFailures: 2, circuitOpenMs: 10 }, (exchange) => {
        if (isWell) sendJson(exchange, []);
        else failing(exchange);
      });
      await probe();
      expect(log.circuit).toEqual(["open", "half-open", "open"]);
      isWell = true;
      await probe();
      expect(log.circuit).toEqual(["open", "half-open", "open", "half-open", "closed"]);
      await expect(list()).resolves.toMatchObject({ value: [] });
    });

    it("refuses the others while one is out to see, and learns nothing from one who leaves", async () => {
      await start({ circuitFailures: 1, circuitOpenMs: 10 }, (exchange, count) => {
        if (count === 1) failing(exchange);
        if (count > 2) sendJson(exchange, wireBrunch);
      });
      await expect(list()).rejects.toMatchObject({ status: 503 });
      const scout = createCaller("scout");
      const scouting = (async () => {
        for (;;) {
          const failure: unknown = await api.list(scout.call, "1", false).catch((error: unknown) => error);
          if (log.circuit.includes("half-open")) return failure;
        }
      })();
      await upstream.whenReceived(2);
      await expect(list("other")).rejects.toMatchObject({ outcome: "not-done" });
      scout.leave();
      await expect(scouting).resolves.toMatchObject({ fault: "cancelled" });
      await log.until(({ circuit }) => circuit.length === 3);
      expect(log.circuit).toEqual(["open", "half-open", "open"]);
    });
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
