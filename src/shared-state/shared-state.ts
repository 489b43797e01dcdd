import type { SharedStateConfig } from "../config/index.js";

/**
 * What the copies of a gateway tell each other. Nothing throws: without the others a copy goes on as a
 * single one would. All but {@link SharedState.queryText} reads local memory or is waited for by no request.
 */
export interface SharedState {
  /** Whether other copies have told of any pause that may not be over. */
  readonly hasPauses: boolean;
  /** Until when calls to an account pause, as other copies have told, in epoch milliseconds; 0 if they have not. */
  pausedUntilMs(accountId: string): number;
  /** Tells the other copies that calls to an account pause. */
  announcePause(accountId: string, untilMs: number): void;
  /** Which part of an account's calls this copy may make now: over 0, at most 1. */
  callShare(accountId: string): number;
  /** From now on the other copies are told of this copy's calls, so that each gets its part. */
  reportCalls(takeAsked: TakeAskedCalls): void;
  /**
   * Adds to how many operations a caller has sent in a window of time.
   *
   * @param caller its credentials, of which only a digest is kept
   * @param window the number of the window, the same for all copies
   * @param keptMs how long the count is kept, in milliseconds
   * @returns the count of all copies; undefined where it is unknown
   */
  countOperations(caller: string, window: number, count: number, keptMs: number): Promise<number | undefined>;
  /** Tells the other copies that an account's reasons were written. */
  announceChange(accountId: string): void;
  /** Calls `listener` from now on when another copy has written the reasons of an account. */
  onChange(listener: ChangeListener): void;
  /**
   * The text of a persisted query that another copy has been sent: the one thing that is waited for, a tenth of a second at
   * most, by a request that would otherwise have to be sent again with the text.
   *
   * @param hash its SHA-256 in hexadecimal
   */
  queryText(hash: string): Promise<string | undefined>;
  /** Keeps a persisted query's text for the other copies. */
  shareQueryText(hash: string, text: string): void;
  /** Logs in anew with the next connections; those that are open stay. */
  replaceLogins(config: SharedStateConfig): void;
  close(): void;
}

/** @returns how many calls each account has asked for since this was last called */
export type TakeAskedCalls = () => readonly (readonly [accountId: string, calls: number])[];

/** @param isAbout whether an account is the one that has changed */
export type ChangeListener = (isAbout: (accountId: string) => boolean) => void;

/** The state of a gateway that has no other copies. */
export const singleCopy: SharedState = {
  hasPauses: false,
  pausedUntilMs: () => 0,
  announcePause: () => undefined,
  callShare: () => 1,
  reportCalls: () => undefined,
  countOperations: () => Promise.resolve(undefined),
  announceChange: () => undefined,
  onChange: () => undefined,
  queryText: () => Promise.resolve(undefined),
  shareQueryText: () => undefined,
  replaceLogins: () => undefined,
  close: () => undefined,
};
