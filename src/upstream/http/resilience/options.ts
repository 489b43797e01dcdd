import { resilienceDefaults } from "../../../config/index.js";

/** How calls are limited and retried. Durations are in milliseconds. */
export interface ResilienceOptions {
  /** How often a call is sent at most, the first time included. */
  readonly maxAttempts: number;
  /** The first pause between two attempts, or two reads for a lost write, at most; each further one is twice as long. */
  readonly backoffBaseMs: number;
  /** The longest pause of an account after a 429, whatever `Retry-After` says. */
  readonly maxPauseMs: number;
  /** How many calls to one account may begin within a second, over all copies of the gateway; undefined: any number. */
  readonly accountCallsPerSecond?: number | undefined;
  /** How many calls one upstream host gets at the same time. */
  readonly maxConcurrency: number;
  /** How many more wait for a permit; further ones are refused. */
  readonly maxQueue: number;
  /** How many failures in a row open a host's circuit. */
  readonly circuitFailures: number;
  /** How long an open circuit refuses calls before it lets one through as a probe. */
  readonly circuitOpenMs: number;
}

/**
 * For interactive callers. The vendor's own advice (pauses of 5, 10 and 15 s) is for batches;
 * its limits are in the tens of requests a second for each account, and one host serves many accounts.
 */
export const defaultResilience: ResilienceOptions = {
  ...resilienceDefaults,
  backoffBaseMs: 100,
  maxPauseMs: 300_000,
};
