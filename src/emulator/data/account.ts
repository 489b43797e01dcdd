import type { ServiceName } from "../../wire/index.js";

import type { AgentRoster } from "./agents.js";
import type { ReasonCollection } from "./reasons.js";

/** The services the Domain API knows. */
export const serviceNames: readonly ServiceName[] = [
  "accountConfigReadOnly",
  "accountConfigReadWrite",
  "agentManagerWorkspace",
  "agentVep",
  "sentinel",
];

/** One brand's account. */
export class Account {
  readonly #movedServices = new Map<ServiceName, string>();

  constructor(
    readonly id: string,
    readonly reasons: ReasonCollection,
    readonly agents: AgentRoster,
  ) {}

  /** @param baseUri - A bare host; a port may follow. Not checked: tests move services to bad places too. */
  moveService(service: ServiceName, baseUri: string): void {
    this.#movedServices.set(service, baseUri);
  }

  /** Where the service was moved to, if it was. */
  movedTo(service: ServiceName): string | undefined {
    return this.#movedServices.get(service);
  }
}
