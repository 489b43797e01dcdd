import { createHash } from "node:crypto";

import type { Payload } from "./payload.js";

/** Subscribers for whom all of these are equal get the same result for the same source event. */
export interface SharedBy {
  /** Identifies the credentials of the upstream requests: results are never shared across credentials. */
  readonly credential: string;
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: unknown;
}

/**
 * Executes an operation once for each source event, however many subscribers wait for it. Sources pass the same event
 * object to all subscribers that receive the same change.
 */
export class EventExecutions {
  readonly #byEvent = new WeakMap<object, Map<string, Promise<Payload>>>();

  /** The key under which subscribers share results. */
  keyOf({ credential, source, operationName, variables }: SharedBy): string {
    const text = JSON.stringify([credential, source, operationName, variables]);
    return createHash("sha256").update(text).digest("base64");
  }

  /** @param execute called for the first subscriber; it never rejects */
  payloadFor(event: object, key: string, execute: () => Promise<Payload>): Promise<Payload> {
    let payloads = this.#byEvent.get(event);
    if (payloads === undefined) this.#byEvent.set(event, (payloads = new Map<string, Promise<Payload>>()));
    let payload = payloads.get(key);
    if (payload === undefined) payloads.set(key, (payload = execute()));
    return payload;
  }
}
