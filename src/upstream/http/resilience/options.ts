import { resilienceDefaults } from "../../../config/index.js";

/** How the upstream is spared and how failures are borne. Durations are in milliseconds. */
export interface ResilienceOptions {
  /** How often a call is sent at most, the first time included. */
  readonly maxAttempts: number;
  /** The first pause between two attempts, or two looks for a lost write, at most; each further one is twice as long. */
  readonly backoffBaseMs: number;
  /** Longest that an account is left alone after a 429, whatever `Retry-After` says. */
  readonly maxPauseMs: number;
  /** How many calls one upstream host gets at the same time. */
  readonly maxConcurrency: number;
  /** How many more wait for their turn; what comes then is refused. */
  readonly maxQueue: number;
  /** How many failures in a row open a host's circuit. */
  readonly circuitFailures: number;
  /** How long an open circuit refuses calls before it lets one through to see. */
  readonly circuitOpenMs: number;
}

/**
 * For callers who wait for their answer. The vendor's own advice (pauses of 5, 10 and 15 s) is for batches;
 * its limits are in the tens of requests a second for each account, and one host serves many accounts.
 */
export const defaultResilience: ResilienceOptions = {
  ...resilienceDefaults,
  backoffBaseMs: 100,
  maxPauseMs: 300_000,
};
