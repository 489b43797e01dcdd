import { Pool } from "undici";

import { startTestGateway } from "../../test/support/gateway.js";
import type { TestGateway } from "../../test/support/gateway.js";
import { outcomeOf } from "./answers.js";
import type { Outcome, RawAnswer } from "./answers.js";
import { ApolloCount } from "./apollo-count.js";
import type { Step } from "./generator/calls.js";
import { clockMs } from "./generator/leaves.js";
import { addHostileData } from "./hostile-data.js";
import { UpstreamIdle } from "./upstream-idle.js";

export interface Told {
  readonly outcome: Outcome;
  /** Whether the fast path handled it. */
  readonly wasFast: boolean;
}

interface Side {
  readonly name: string;
  readonly gateway: TestGateway;
  readonly pool: Pool;
}

/** Failures must not affect later requests: no retries, no pauses after a 429, no open circuit. */
const env = {
  LOG_LEVEL: "silent",
  UPSTREAM_ATTEMPTS: "1",
  UPSTREAM_CIRCUIT_FAILURES: "1000000",
  UPSTREAM_TIMEOUT_MS: "120000",
};

/** Two gateways, with and without the fast path, on the same emulator, whose clock is fixed. */
export class GatewayPair {
  readonly #apollo = new ApolloCount();
  readonly #idle: UpstreamIdle;
  #requests = 0;

  private constructor(
    private readonly fast: Side,
    private readonly plain: Side,
  ) {
    this.#idle = new UpstreamIdle(fast.gateway.emulator.origin);
  }

  static async start(): Promise<GatewayPair> {
    const options = { now: () => clockMs, resilience: { maxPauseMs: 0 } };
    const fast = await startTestGateway(env, options);
    const { origin, state } = fast.emulator;
    addHostileData(state);
    const plain = await startTestGateway({ ...env, COMPILED_OPERATIONS: "0", UPSTREAM: origin }, options);
    return new GatewayPair(sideOf("fast", fast), sideOf("slow", plain));
  }

  askFast(step: Step): Promise<Told> {
    return this.#ask(this.fast, step);
  }

  askPlain(step: Step): Promise<Told> {
    return this.#ask(this.plain, step);
  }

  async close(): Promise<void> {
    this.#idle.close();
    this.#apollo.close();
    for (const { pool, gateway } of [this.plain, this.fast]) {
      await pool.close();
      await gateway.stop();
    }
  }

  async #ask({ name, pool }: Side, { body, headers, faults }: Step): Promise<Told> {
    const { journal, faults: armed } = this.fast.gateway.emulator;
    this.#requests += 1;
    const requestId = `${name}-${String(this.#requests).padStart(9, "0")}`;
    journal.clear();
    armed.add(...faults);
    const byApolloBefore = this.#apollo.count;
    const sent = { ...headers, "x-request-id": requestId };
    const answer = await send(pool, { body, headers: sent });
    const wasFast = this.#apollo.count === byApolloBefore && answer.status === 200;
    await this.#idle.whenIdle();
    armed.clear();
    if (journal.writes.length > 0) throw new Error("what is asked three times must not write");
    const calls = journal.requests.filter((entry) => entry.headers["x-request-id"] === requestId);
    return { outcome: outcomeOf(answer, requestId, calls), wasFast };
  }
}

function sideOf(name: string, gateway: TestGateway): Side {
  return { name, gateway, pool: new Pool(gateway.origin, { connections: 1 }) };
}

async function send(pool: Pool, { body, headers }: Pick<Step, "body" | "headers">): Promise<RawAnswer> {
  const response = await pool.request({ method: "POST", path: "/graphql", headers, body });
  return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
}
