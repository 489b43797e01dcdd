import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that waits for its response. */
export interface ScriptedExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A real HTTP server that does to each request what the test says. */
export interface ScriptedUpstream {
  readonly origin: string;
  /** Every request so far, oldest first. */
  readonly exchanges: readonly ScriptedExchange[];
  /** Resolves once so many requests have come. */
  whenReceived(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param answer called for each request; by default the test responds itself */
export async function startScriptedUpstream(
  answer: (exchange: ScriptedExchange, count: number) => void = () => undefined,
): Promise<ScriptedUpstream> {
  const exchanges: ScriptedExchange[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const exchange = { request, response };
    exchanges.push(exchange);
    answer(exchange, exchanges.length);
    for (const check of waiting) check();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    whenReceived: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (exchanges.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Responds with JSON. */
export function sendJson(
  { response }: Pick<ScriptedExchange, "response">,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
