import type { ServiceName } from "../../wire/index.js";

import type { AgentRoster } from "./agents.js";
import type { ReasonCollection } from "./reasons.js";

/** The services of the Domain API. */
export const serviceNames: readonly ServiceName[] = [
  "accountConfigReadOnly",
  "accountConfigReadWrite",
  "agentActivityDomain",
  "agentManagerWorkspace",
  "agentVep",
  "sentinel",
];

/** An account: its reasons, its agents and where its services are. */
export class Account {
  readonly #movedServices = new Map<ServiceName, string>();

  constructor(
    readonly id: string,
    readonly reasons: ReasonCollection,
    readonly agents: AgentRoster,
  ) {}

  /** @param baseUri - A host, with or without a port. Not validated: tests also move services to invalid hosts. */
  moveService(service: ServiceName, baseUri: string): void {
    this.#movedServices.set(service, baseUri);
  }

  /** The host that the service was moved to; undefined if it was not. */
  movedTo(service: ServiceName): string | undefined {
    return this.#movedServices.get(service);
  }
}
