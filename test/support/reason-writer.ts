import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import type { ReasonCollection } from "../../src/emulator/data/index.js";
import { emulatorTokens } from "../../src/emulator/seed/seed.js";
import { StatusReasonWriter } from "../../src/status-reasons/index.js";
import type { EndedWrite, ItemOutcome, WriteObserver } from "../../src/status-reasons/index.js";
import { fixedOrigin } from "../../src/upstream/http/service-directory.js";
import { createUpstream } from "../../src/upstream/upstream.js";
import type { Upstream } from "../../src/upstream/upstream.js";
import { createCaller } from "./upstream-caller.js";
import type { UpstreamCaller } from "./upstream-caller.js";

/** The writer of status reasons over an emulator on a port, without GraphQL between. */
export interface ReasonWriterHarness {
  readonly emulator: Emulator;
  readonly writer: StatusReasonWriter;
  readonly caller: UpstreamCaller;
  /** Called when a request to the upstream has ended; the next one is sent afterwards. */
  onCallEnded: (() => void) | undefined;
  /** The writes that were reported. */
  readonly ended: EndedWrite[];
  /** The batches that were reported. */
  readonly batches: { readonly kind: string; readonly outcomes: readonly ItemOutcome[] }[];
  reasonsOf(accountId: string): ReasonCollection;
  /** Methods of the requests received, each with its `If-Match`. */
  sent(): string[];
  /** A writer whose caller has seen nothing, after a reset of the emulator. */
  reset(token?: string): void;
  /** A writer with a new caller, in place of one who has left. */
  renewCaller(token?: string): void;
  stop(): Promise<void>;
}

/** Its pauses are short, and its circuit never opens. */
export async function startReasonWriter(): Promise<ReasonWriterHarness> {
  const emulator = await startEmulator();
  const harness = new Harness(emulator);
  harness.reset();
  return harness;
}

class Harness implements ReasonWriterHarness {
  readonly #upstream: Upstream;
  readonly ended: EndedWrite[] = [];
  readonly batches: { kind: string; outcomes: readonly ItemOutcome[] }[] = [];
  onCallEnded: (() => void) | undefined;
  caller = createCaller();
  writer!: StatusReasonWriter;

  constructor(readonly emulator: Emulator) {
    this.#upstream = createUpstream({
      directory: fixedOrigin(emulator.origin),
      apiVersion: "1.0",
      resilience: { backoffBaseMs: 1, maxPauseMs: 1, circuitFailures: 1_000_000 },
      observer: { callEnded: () => this.onCallEnded?.() },
    });
  }

  reasonsOf(accountId: string): ReasonCollection {
    return this.emulator.state.account(accountId).reasons;
  }

  sent(): string[] {
    return this.emulator.journal.requests.map(({ method, headers }) =>
      [method, headers["if-match"]].filter((part) => part !== undefined).join(" "),
    );
  }

  reset(token?: string): void {
    this.emulator.reset();
    this.ended.length = 0;
    this.batches.length = 0;
    this.renewCaller(token);
  }

  renewCaller(token: string = emulatorTokens.admin): void {
    this.onCallEnded = undefined;
    this.caller = createCaller(token);
    const observer: WriteObserver = {
      writeEnded: (_call, write) => this.ended.push(write),
      batchEnded: (kind, outcomes) => this.batches.push({ kind, outcomes }),
    };
    this.writer = new StatusReasonWriter(this.#upstream, this.caller.call, () => undefined, observer);
  }

  async stop(): Promise<void> {
    await this.#upstream.close();
    await this.emulator.stop();
  }
}
