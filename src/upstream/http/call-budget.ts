import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** How much one GraphQL request may ask of the upstream. */
export interface CallLimits {
  /** Calls, each counted once: neither retries nor what is looked up for it count. */
  readonly maxUpstreamCalls: number;
  readonly maxAccounts: number;
}

interface BudgetedCall extends UpstreamOperation {
  readonly accountId: string;
}

/** Counts what one GraphQL request asks of the upstream, and refuses what is too much before it is sent. */
export class CallBudget {
  #calls = 0;
  /** Most requests are about one account, which needs no set. */
  #account: string | undefined;
  #others: Set<string> | undefined;
  /** A request that is over in one call is so in thousands, all of which are told the same. */
  #refusal: UpstreamError | undefined;

  constructor(private readonly limits: CallLimits) {}

  /** @throws UpstreamError `over-budget`; the call does not count then */
  spend(call: BudgetedCall): void {
    const { maxUpstreamCalls, maxAccounts } = this.limits;
    if (this.#calls >= maxUpstreamCalls) {
      throw this.#refuse(call, `The operation needs more than ${maxUpstreamCalls} upstream calls.`);
    }
    this.#account ??= call.accountId;
    if (this.#account !== call.accountId && this.#others?.has(call.accountId) !== true) {
      if ((this.#others?.size ?? 0) + 1 >= maxAccounts) {
        throw this.#refuse(call, `The operation is about more than ${maxAccounts} accounts.`);
      }
      (this.#others ??= new Set()).add(call.accountId);
    }
    this.#calls += 1;
  }

  #refuse({ service, operation, intent }: BudgetedCall, explanation: string): UpstreamError {
    const known = this.#refusal;
    if (known?.operation.operation === operation && known.explanation === explanation) return known;
    const call = { service, operation, intent };
    return (this.#refusal = new UpstreamError("over-budget", call, { explanation, outcome: "not-done" }));
  }
}
