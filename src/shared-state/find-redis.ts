import { isNativeError } from "node:util/types";

import type { RedisAddress, RedisConfig } from "../config/index.js";
import { causeOf } from "./error-cause.js";

/** Sends one command to a server, and closes the connection. */
export type AskRedis = (
  address: RedisAddress,
  command: readonly [name: string, ...words: string[]],
  signal: AbortSignal,
) => Promise<unknown>;

/** @throws Error where nobody knows */
export type FindRedis = (signal: AbortSignal) => Promise<RedisAddress>;

/**
 * Finds the server that has the keys: the one there is, the primary that Sentinels watch, or the node of a cluster that has
 * the slot of the prefix. Who has answered last is asked first.
 */
export function redisFinder({ kind, addresses, primaryName, prefix }: RedisConfig, ask: AskRedis): FindRedis {
  const [first] = addresses;
  if (kind === "server" && first !== undefined) return () => Promise.resolve(first);
  const findBy: (address: RedisAddress, signal: AbortSignal) => Promise<RedisAddress> =
    kind === "sentinel"
      ? async (address, signal) =>
          primaryOf(await ask(address, ["SENTINEL", "get-master-addr-by-name", primaryName ?? ""], signal))
      : (address, signal) => ownerOf(address, () => ask(address, ["PTTL", prefix], signal));
  let inOrder = [...addresses];
  return async (signal) => {
    let lastError: unknown;
    for (const address of inOrder) {
      try {
        const found = await findBy(address, signal);
        inOrder = [address, ...addresses.filter((other) => other !== address)];
        return found;
      } catch (error) {
        lastError = error;
      }
      signal.throwIfAborted();
    }
    const whom = kind === "sentinel" ? "Sentinels" : "cluster's nodes";
    throw new Error(`none of the ${whom} says where the Redis is: ${causeOf(lastError)}`);
  };
}

function primaryOf(reply: unknown): RedisAddress {
  if (reply === null) throw new Error("the Sentinel knows no primary of this name");
  const [host, port] = Array.isArray(reply) ? (reply as readonly unknown[]) : [];
  return checkedAddress(host, port);
}

/** A node that has not got the slot of a key says who has. */
async function ownerOf(node: RedisAddress, askForKey: () => Promise<unknown>): Promise<RedisAddress> {
  try {
    await askForKey();
    return node;
  } catch (error) {
    const [, host, port] = /^MOVED \d+ (.*):(\d+)$/.exec(isNativeError(error) ? error.message : "") ?? [];
    if (port === undefined) throw error;
    // A node that does not know its own name means the one that it was asked by.
    return checkedAddress(host === "" || host === "?" ? node.host : host, port);
  }
}

/** What a server says where another is, checked. */
function checkedAddress(host: unknown, port: unknown): RedisAddress {
  const isAddress =
    typeof host === "string" && /^[\w.:-]{1,255}$/.test(host) && /^\d{1,5}$/.test(String(port));
  if (!isAddress) throw new Error("the answer is no address");
  return { host, port: Number(port) };
}
