import type { Faults } from "./faults/index.js";
import type { Journal } from "./data/index.js";
import type { EmulatorState } from "./state.js";

/** What the routes work on. */
export interface EmulatorContext {
  readonly state: EmulatorState;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
