import { createClient as createSseClient } from "graphql-sse";
import type { Client as SseClient } from "graphql-sse";
import { createClient as createWebSocketClient } from "graphql-ws";
import type { Client as WebSocketClient, ClientOptions } from "graphql-ws";
import { WebSocket } from "ws";
import type { ClientOptions as WebSocketOptions } from "ws";

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
  const step: IteratorResult<EventResult, unknown> = await events.next();
  if (step.done === true) throw new Error("no more events");
  return step.value;
}

/** All results until they end. */
export async function allOf(events: Events): Promise<EventResult[]> {
  const all: EventResult[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** A WebSocket without a client that would keep the rules of the protocol. */
export interface RawWebSocket {
  readonly socket: WebSocket;
  /** What came so far, parsed. */
  readonly received: readonly Record<string, unknown>[];
  send(message: unknown): void;
  /** Resolves with the first message that has come, or comes, of this type. */
  untilReceived(type: string): Promise<Record<string, unknown>>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Opens a WebSocket, and sends nothing by itself. */
export async function openWebSocket(
  url: string,
  {
    protocols = ["graphql-transport-ws"],
    ...options
  }: { readonly protocols?: string[] } & WebSocketOptions = {},
): Promise<RawWebSocket> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), protocols, options);
  const received: Record<string, unknown>[] = [];
  let wake: () => void = () => undefined;
  socket.on("message", (data: Buffer) => {
    received.push(JSON.parse(data.toString()) as Record<string, unknown>);
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => {
      resolve({ code, reason: reason.toString() });
      wake();
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve).on("error", reject);
  });
  return {
    socket,
    received,
    closed,
    send: (message) => {
      socket.send(typeof message === "string" ? message : JSON.stringify(message));
    },
    untilReceived: async (type) => {
      for (;;) {
        const found = received.find((message) => message["type"] === type);
        if (found !== undefined) return found;
        if (socket.readyState !== WebSocket.OPEN) throw new Error(`closed before a message of type ${type}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

/** The status with which the gateway refuses to open a WebSocket. */
export function refusedWebSocket(url: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), ["graphql-transport-ws"], { headers });
  return new Promise((resolve, reject) => {
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once("open", () => {
      socket.terminate();
      reject(new Error("it was opened"));
    });
    socket.on("error", () => undefined);
  });
}
