import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setImmediate as nextTurn } from "node:timers/promises";

interface RequestMessage {
  readonly request: { readonly origin: string };
}

/** The number of turns of the event loop without a request after which the upstream counts as idle. */
const quietTurns = 3;

/** Tracks this process's requests in flight to an origin, by undici's diagnostics channels. */
export class UpstreamIdle {
  readonly #open = new Set<object>();

  constructor(private readonly origin: string) {
    subscribe("undici:request:create", this.#begin);
    subscribe("undici:request:trailers", this.#end);
    subscribe("undici:request:error", this.#end);
  }

  /** Resolves when no request is in flight: a response that fails early leaves some behind. */
  async whenIdle(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; quiet = this.#open.size === 0 ? quiet + 1 : 0) await nextTurn();
  }

  close(): void {
    unsubscribe("undici:request:create", this.#begin);
    unsubscribe("undici:request:trailers", this.#end);
    unsubscribe("undici:request:error", this.#end);
  }

  readonly #begin = (message: unknown): void => {
    const { request } = message as RequestMessage;
    if (request.origin === this.origin) this.#open.add(request);
  };

  readonly #end = (message: unknown): void => {
    this.#open.delete((message as RequestMessage).request);
  };
}
