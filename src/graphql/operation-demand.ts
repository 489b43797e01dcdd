import type { OperationAgentDemand } from "../loaders/index.js";

/** What an operation needs of agents. */
export interface OperationDemand extends OperationAgentDemand {
  /**
   * The fields of an agent that the operation selects and that come with its view: not its key, and `time` for the
   * default window only.
   */
  readonly fields: ReadonlySet<string>;
}
