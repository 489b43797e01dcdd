import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { seededRandom } from "../../src/lib/random.js";
import { startTestGateway } from "../../test/support/gateway.js";
import type { TestGateway } from "../../test/support/gateway.js";
import { TcpProxy } from "../../test/support/tcp-proxy.js";
import { UpstreamLog } from "../../test/support/upstream-log.js";
import { violations } from "./invariants.js";
import { perform } from "./operations.js";
import type { Outcome } from "./operations.js";
import { planSteps } from "./plan.js";
import type { Step } from "./plan.js";

export interface ChaosOptions {
  readonly seed: number;
  readonly steps: number;
  /** The number of concurrent callers. */
  readonly concurrency: number;
  /** The gateway's deadline for each request. */
  readonly deadlineMs: number;
}

export interface ChaosReport {
  /** The violated invariants. */
  readonly violations: readonly string[];
  /** The number of responses by code; `OK` for responses without errors. */
  readonly codes: ReadonlyMap<string, number>;
  /** Sorted. */
  readonly durationsMs: readonly number[];
  readonly upstreamCalls: number;
  readonly writes: number;
  readonly retries: number;
  readonly sharedReads: number;
  readonly circuitOpenings: number;
  /** Bytes of heap in use before and after, each after a garbage collection. */
  readonly heap: readonly [before: number, after: number];
  /** Sockets open before and after. */
  readonly sockets: readonly [before: number, after: number];
  readonly isReady: boolean;
}

/** How long a caller waits after a retryable failure. */
const callerPauseMs = 20;

const closingMs = 200;

/** How long sockets may take to close at the end, also on a busy machine. */
const maxClosingMs = 10_000;

/** Sends a mixed load to a failing upstream, lets it recover, and checks the invariants. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const observer = new UpstreamLog();
  const upstream = { port: 0 };
  const proxy = new TcpProxy(() => upstream.port);
  await proxy.start();
  const gateway = await startTestGateway(
    {
      UPSTREAM: proxy.origin,
      UPSTREAM_TIMEOUT_MS: String(options.deadlineMs),
      UPSTREAM_CIRCUIT_OPEN_MS: "50",
      LOG_LEVEL: "error",
    },
    // Otherwise the pauses after each 429 would take most of the run.
    { observer, resilience: { maxPauseMs: 20 } },
  );
  upstream.port = Number(new URL(gateway.emulator.origin).port);
  const before = await footprint();
  const report = await measure(gateway, proxy, observer, options);
  gateway.emulator.reset();
  await gateway.stop();
  await proxy.stop();
  const after = await footprint(before.sockets);
  return { ...report, heap: [before.heap, after.heap], sockets: [before.sockets, after.sockets] };
}

/** Reduces a run to its figures, so that nothing else of it stays in memory. */
async function measure(
  gateway: TestGateway,
  proxy: TcpProxy,
  observer: UpstreamLog,
  options: ChaosOptions,
): Promise<Omit<ChaosReport, "heap" | "sockets">> {
  // Gateway, emulator and callers share this process, which a busy machine may suspend.
  const delays = monitorEventLoopDelay();
  delays.enable();
  const outcomes = await drive(gateway, proxy, options);
  delays.disable();
  const longestMs = options.deadlineMs * 1.1 + delays.max / 1e6;
  gateway.emulator.faults.clear();
  const { writes, requests } = gateway.emulator.journal;
  return {
    violations: violations(outcomes, writes, longestMs),
    codes: countCodes(outcomes),
    durationsMs: outcomes.map(({ durationMs }) => durationMs).sort((a, b) => a - b),
    upstreamCalls: requests.length,
    writes: writes.length,
    retries: observer.retries,
    sharedReads: observer.shared,
    circuitOpenings: observer.circuit.filter((condition) => condition === "open").length,
    isReady: (await fetch(`${gateway.origin}/readyz`)).status === 200,
  };
}

/** Runs concurrent workers that take their steps from one plan. */
async function drive(
  gateway: TestGateway,
  proxy: TcpProxy,
  { seed, steps, concurrency }: ChaosOptions,
): Promise<Outcome[]> {
  const plan = planSteps(seededRandom(seed), steps).values();
  const outcomes: Outcome[] = [];
  /** Reasons to update and delete. Each is used by one step only, so that writes can be attributed. */
  const targets = new Map<string, string[]>();
  const worker = async (): Promise<void> => {
    for (const step of plan) {
      if (step.fault !== undefined) gateway.emulator.faults.add(step.fault);
      if (step.restarts) await restart(proxy);
      const outcome = await perform(gateway.url, step, takeTarget(targets, step));
      if (step.kind === "create" || step.kind === "bulk") keepTargets(targets, outcome);
      outcomes.push(outcome);
      if (outcome.errors.some(({ extensions }) => extensions["retryable"] === true))
        await delay(callerPauseMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return outcomes;
}

function takeTarget(targets: ReadonlyMap<string, string[]>, { caller, target, kind }: Step): string {
  const known = targets.get(caller.accountId) ?? [];
  const index = Math.floor(target * known.length);
  const taken = kind === "byId" || !caller.isAllowed ? known.slice(index, index + 1) : known.splice(index, 1);
  return taken[0] ?? "725987312999";
}

function keepTargets(targets: Map<string, string[]>, { step, records }: Outcome): void {
  const known = targets.get(step.caller.accountId) ?? [];
  targets.set(step.caller.accountId, [...known, ...records.map(({ id }) => id)]);
}

async function restart(proxy: TcpProxy): Promise<void> {
  if (!proxy.isListening) return;
  await proxy.stop();
  await delay(20);
  await proxy.start();
}

function countCodes(outcomes: readonly Outcome[]): Map<string, number> {
  const codes = new Map<string, number>();
  for (const { errors } of outcomes) {
    const seen = new Set(errors.map(({ extensions }) => String(extensions["code"])));
    for (const code of seen.size > 0 ? seen : ["OK"]) codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  return codes;
}

/**
 * The resources in use after idle connections are closed and garbage is collected.
 *
 * @param expectedSockets waits for a while until no more are open
 */
async function footprint(expectedSockets = Infinity): Promise<{ heap: number; sockets: number }> {
  let waitedMs = 0;
  do {
    await delay(closingMs);
    waitedMs += closingMs;
  } while (openSockets() > expectedSockets && waitedMs < maxClosingMs);
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return { heap: process.memoryUsage().heapUsed, sockets: openSockets() };
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith("TCPSocket")).length;
}
