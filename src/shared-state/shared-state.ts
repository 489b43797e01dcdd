/**
 * What the copies of a gateway tell each other. Everything is read from local memory, returns at once and never throws: without
 * the others a copy goes on as a single one would.
 */
export interface SharedState {
  /** Whether other copies have told of any pause that may not be over. */
  readonly hasPauses: boolean;
  /** Until when calls to an account pause, as other copies have told, in epoch milliseconds; 0 if they have not. */
  pausedUntilMs(accountId: string): number;
  /** Tells the other copies that calls to an account pause. */
  announcePause(accountId: string, untilMs: number): void;
  /** Tells the other copies that an account's reasons were written. */
  announceChange(accountId: string): void;
  /**
   * Calls `listener` when another copy has written the reasons of an account.
   *
   * @returns ends that
   */
  onChange(listener: ChangeListener): () => void;
  close(): Promise<void>;
}

/** @param isAbout whether an account is the one that has changed */
export type ChangeListener = (isAbout: (accountId: string) => boolean) => void;

/** The state of a gateway that has no other copies. */
export const singleCopy: SharedState = {
  hasPauses: false,
  pausedUntilMs: () => 0,
  announcePause: () => undefined,
  announceChange: () => undefined,
  onChange: () => () => undefined,
  close: () => Promise.resolve(),
};
