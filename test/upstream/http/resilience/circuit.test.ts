import { callerCredentials } from "../../../../src/upstream/access/credentials/caller.credentials.js";
import { fixedOrigin } from "../../../../src/upstream/http/service-directory.js";
import { createUpstream } from "../../../../src/upstream/upstream.js";
import { sendJson, startScriptedUpstream } from "../../../support/scripted-upstream.js";
import type { ScriptedExchange } from "../../../support/scripted-upstream.js";
import { createCaller } from "../../../support/upstream-caller.js";
import { startUpstreamClient } from "../../../support/upstream-client.js";
import type { UpstreamClient } from "../../../support/upstream-client.js";

const fail = ({ response }: ScriptedExchange): void => {
  response.writeHead(503).end();
};

describe("a host's circuit", () => {
  it("opens on a run of failures, and no further calls are made", async () => {
    const options = { maxAttempts: 1, circuitFailures: 3, circuitOpenMs: 600_000 };
    const { upstream, client, log, list, create, stop } = await startUpstreamClient(options, fail);
    expect(client.isCircuitOpen()).toBe(false);
    for (let count = 0; count < 3; count += 1) await expect(list()).rejects.toMatchObject({ status: 503 });
    expect(client.isCircuitOpen()).toBe(true);
    for (const call of [list(), create()]) {
      await expect(call).rejects.toMatchObject({ fault: "unavailable", outcome: "not-done" });
    }
    expect(upstream.exchanges).toHaveLength(3);
    expect(log.circuit).toEqual(["open"]);
    await stop();
  });

  it("is not what a caller is told of whose own attempt opened it", async () => {
    const { upstream, log, list, stop } = await startUpstreamClient({ circuitFailures: 2 }, fail);
    await expect(list()).rejects.toMatchObject({ fault: "server-error", status: 503 });
    expect(upstream.exchanges).toHaveLength(2);
    expect(log.retries).toBe(1);
    await stop();
  });

  it("lets go of those who wait for their turn when it opens", async () => {
    const options = { maxAttempts: 1, circuitFailures: 1, maxConcurrency: 1 };
    const { upstream, api, log, answer, stop } = await startUpstreamClient(options);
    const running = api.byId(createCaller("a").call, "1", "1");
    await upstream.whenReceived(1);
    const waiting = [false, true].map((isWhole) => api.list(createCaller("a").call, "1", isWhole));
    await log.until(({ queued }) => queued === 2);
    answer(0, fail);
    await expect(running).rejects.toMatchObject({ status: 503 });
    for (const call of waiting) await expect(call).rejects.toMatchObject({ outcome: "not-done" });
    expect(upstream.exchanges).toHaveLength(1);
    await stop();
  });

  it("opens on broken connections and time-outs too", async () => {
    const options = { maxAttempts: 1, circuitFailures: 2 };
    const { upstream, api, log, list, stop } = await startUpstreamClient(options, ({ request }, count) => {
      if (count === 1) request.socket.resetAndDestroy();
    });
    await expect(list()).rejects.toMatchObject({ fault: "unavailable" });
    const hasty = createCaller();
    const late = api.list(hasty.call, "1", false);
    await upstream.whenReceived(2);
    hasty.expire();
    await expect(late).rejects.toMatchObject({ fault: "timeout" });
    await log.until(({ circuit }) => circuit.includes("open"));
    await stop();
  });

  it("never opens on a 4xx or on callers who leave", async () => {
    const script = ({ response }: ScriptedExchange, count: number): void => {
      if (count <= 4) response.writeHead(403).end();
    };
    const { upstream, api, log, list, stop } = await startUpstreamClient({ circuitFailures: 2 }, script);
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
    await stop();
  });

  it("counts failures in a row only", async () => {
    const options = { maxAttempts: 1, circuitFailures: 2 };
    const { log, list, stop } = await startUpstreamClient(options, (exchange, count) => {
      if (count % 2 === 1) fail(exchange);
      else exchange.response.writeHead(404).end();
    });
    for (let count = 0; count < 6; count += 1) await expect(list()).rejects.toThrow();
    expect(log.circuit).toEqual([]);
    await stop();
  });
});

describe("whose calls an open circuit refuses", () => {
  const options = { maxAttempts: 1, circuitFailures: 4, circuitOpenMs: 600_000 };

  /** Fails what is named, once it is told to. */
  async function startFailing(isFailing: (token: string, account: string) => boolean) {
    let isTrouble = false;
    const client = await startUpstreamClient(options, (exchange) => {
      const { headers, url = "" } = exchange.request;
      const token = headers.authorization?.replace("Bearer ", "") ?? "";
      const account = /account\/(\w+)\//.exec(url)?.[1] ?? "";
      if (isTrouble && isFailing(token, account)) fail(exchange);
      else sendJson(exchange, []);
    });
    return {
      ...client,
      begin: () => {
        isTrouble = true;
      },
    };
  }

  const settled = (calls: readonly Promise<unknown>[]) => Promise.allSettled(calls);

  it("is one who fails at accounts of their own invention, and nobody else", async () => {
    const { log, list, begin, stop } = await startFailing((_token, account) => account.startsWith("made_up"));
    begin();
    const failing = () =>
      Array.from({ length: 200 }, (_, index) => list("stranger", `made_up_${index % 50}`));
    await settled(failing());
    expect(log.circuit).toEqual(["open"]);
    await settled(failing());
    expect(log.outcomes.length).toBeLessThanOrEqual(200);
    await expect(list("stranger", "1")).resolves.toMatchObject({ value: [] });
    await stop();
  });

  it("is one whose calls all fail, and not another caller of the same account", async () => {
    const { list, begin, stop } = await startFailing((token) => token === "unlucky");
    await Promise.all(["unlucky", "lucky"].map((token) => list(token)));
    begin();
    for (let times = 0; times < 4; times += 1)
      await expect(list("unlucky")).rejects.toMatchObject({ status: 503 });
    await expect(list("unlucky")).rejects.toMatchObject({ outcome: "not-done" });
    await expect(list("lucky")).resolves.toMatchObject({ value: [] });
    await stop();
  });

  it.each([
    ["is everybody once three callers who were served before have seen it fail", ["a", "b", "c"], true],
    ["is not everybody because of strangers, however many", ["stranger-1", "stranger-2", "a", "b"], false],
  ])("%s", async (_what, tokens, isRefused) => {
    const { upstream, list, begin, stop } = await startFailing(() => true);
    await Promise.all(["a", "b", "c"].map((token) => list(token)));
    begin();
    for (const token of [...tokens, tokens[0]]) await settled([list(token)]);
    const before = upstream.exchanges.length;
    await expect(list("newcomer")).rejects.toMatchObject(
      isRefused ? { outcome: "not-done" } : { status: 503 },
    );
    expect(upstream.exchanges.length - before).toBe(isRefused ? 0 : 1);
    await stop();
  });

  it("are told apart by account where the gateway calls in its own name", async () => {
    const upstream = await startScriptedUpstream((exchange) => {
      if (exchange.request.url?.includes("/made_up/") === true) fail(exchange);
      else sendJson(exchange, []);
    });
    const client = createUpstream({
      directory: fixedOrigin(upstream.origin),
      credentials: { ...callerCredentials, isOwn: true },
      apiVersion: "1.0",
      resilience: options,
    });
    const list = (account: string) => client.statusReasons.list(createCaller().call, account, false);
    await list("1");
    await settled(Array.from({ length: 8 }, () => list("made_up")));
    for (let times = 0; times < 4; times += 1) await settled([list("made_up")]);
    await expect(list("made_up")).rejects.toMatchObject({ outcome: "not-done" });
    await expect(list("1")).resolves.toMatchObject({ value: [] });
    await client.close();
    await upstream.stop();
  });
});

describe("an open circuit", () => {
  /** Calls until one more is let through. */
  async function probe({ log, list }: UpstreamClient): Promise<void> {
    const probes = () => log.circuit.filter((condition) => condition === "half-open").length;
    const before = probes();
    while (probes() === before) await list().catch(() => undefined);
  }

  it("lets one call through after a while, and closes when that is answered", async () => {
    let isWell = false;
    const options = { maxAttempts: 1, circuitFailures: 2, circuitOpenMs: 10 };
    const started = await startUpstreamClient(options, (exchange) => {
      if (isWell) sendJson(exchange, []);
      else fail(exchange);
    });
    const { log, list, stop } = started;
    await probe(started);
    expect(log.circuit).toEqual(["open", "half-open", "open"]);
    isWell = true;
    await probe(started);
    expect(log.circuit).toEqual(["open", "half-open", "open", "half-open", "closed"]);
    await expect(list()).resolves.toMatchObject({ value: [] });
    await stop();
  });

  it("refuses the others while one is out to see, and learns nothing from one who leaves", async () => {
    const options = { maxAttempts: 1, circuitFailures: 1, circuitOpenMs: 10 };
    const { upstream, api, client, log, list, create, stop } = await startUpstreamClient(
      options,
      (exchange, count) => {
        if (count === 1) fail(exchange);
      },
    );
    await expect(list()).rejects.toMatchObject({ status: 503 });
    const scout = createCaller();
    const scouting = (async () => {
      for (;;) {
        const failure: unknown = await api.list(scout.call, "1", false).catch((error: unknown) => error);
        if (log.circuit.includes("half-open")) return failure;
      }
    })();
    await upstream.whenReceived(2);
    expect(client.isCircuitOpen()).toBe(true);
    await expect(create()).rejects.toMatchObject({ outcome: "not-done" });
    scout.leave();
    await expect(scouting).resolves.toMatchObject({ fault: "cancelled" });
    await log.until(({ circuit }) => circuit.length === 3);
    expect(log.circuit).toEqual(["open", "half-open", "open"]);
    await stop();
  });
});
