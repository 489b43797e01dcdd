import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** The most that one GraphQL request may ask of the upstream. */
export interface CallLimits {
  /** Calls; retries and the lookups of hosts and tokens do not count. */
  readonly maxUpstreamCalls: number;
  readonly maxAccounts: number;
}

interface BudgetedCall extends UpstreamOperation {
  readonly accountId: string;
}

/** Counts the upstream calls and accounts of one GraphQL request, and refuses calls over the limits before they are sent. */
export class CallBudget {
  #calls = 0;
  /** Most requests are about one account, which needs no set. */
  #account: string | undefined;
  #others: Set<string> | undefined;
  /** Reused: a request over its budget may have thousands of such calls. */
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
