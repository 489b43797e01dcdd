import { createClient as createSseClient } from "graphql-sse";
import type { Client as SseClient } from "graphql-sse";
import { createClient as createWebSocketClient } from "graphql-ws";
import type { Client as WebSocketClient, ClientOptions } from "graphql-ws";
import { WebSocket } from "ws";

import { emulatorTokens } from "../../src/emulator/index.js";

/** One event of a subscription, or the result of an operation. */
export interface EventResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

/** The results of an operation, as a client yields them. */
export type Events = AsyncIterableIterator<EventResult>;

const authorization = `Bearer ${emulatorTokens.admin}`;

/** graphql-ws's own client, with the emulator's admin token unless told otherwise. */
export function webSocketClient(url: string, options: Partial<ClientOptions> = {}): WebSocketClient {
  return createWebSocketClient({
    url: url.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
    ...options,
  });
}

/** graphql-sse's own client, which retries nothing. */
export function sseClient(url: string, headers: Record<string, string> = { authorization }): SseClient {
  return createSseClient({ url, headers, retryAttempts: 0 });
}

/** The next result, which has to come. */
export async function nextOf(events: Events): Promise<EventResult> {
  const { done, value } = await events.next();
  if (done === true) throw new Error("no more events");
  return value as EventResult;
}

/** All results until they end. */
export async function allOf(events: Events): Promise<EventResult[]> {
  const all: EventResult[] = [];
  for await (const event of events) all.push(event);
  return all;
}
