import { setTimeout as pause } from "node:timers/promises";

import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { Client, fetch } from "undici";

import { accountAt, newestChange, rosterQuery } from "../roster.js";

/** @import { Audience } from "../audience.js" */
/** @import { Arrivals } from "./arrivals.js" */

const query = gql(rosterQuery);

/**
 * Starts Apollo Clients that poll, spread over an interval; resolves when each has had its first result.
 *
 * @param {string} origin
 * @param {Audience} audience
 * @param {Arrivals} arrivals
 * @returns {Promise<() => Promise<unknown>>} ends them
 */
export async function openPollers(origin, { clients, accounts, intervalMs }, arrivals) {
  const ends = Array.from({ length: clients }, async (_, index) => {
    await pause((index * intervalMs) / clients);
    return startPoller(origin, index, { account: index % accounts, intervalMs, arrivals });
  });
  const started = await Promise.all(ends);
  return () => Promise.all(started.map((end) => end()));
}

/**
 * One front end, with a connection of its own. It keeps no cache: what it does with results is not measured here.
 *
 * @param {string} origin
 * @param {number} index
 * @param {{ account: number, intervalMs: number, arrivals: Arrivals }} setting
 */
async function startPoller(origin, index, { account, intervalMs, arrivals }) {
  const dispatcher = new Client(origin, { keepAliveTimeout: 600_000 });
  const link = new HttpLink({
    uri: `${origin}/graphql`,
    headers: { authorization: `Bearer token-${account}` },
    fetch: counted(dispatcher, arrivals),
  });
  const client = new ApolloClient({ link, cache: new InMemoryCache(), devtools: { enabled: false } });
  const results = client.watchQuery({
    query,
    variables: { accountId: accountAt(account) },
    fetchPolicy: "no-cache",
    pollInterval: intervalMs,
    notifyOnNetworkStatusChange: false,
  });
  await new Promise((resolve, reject) => {
    results.subscribe(({ data, error }) => {
      if (error !== undefined) reject(error);
      if (data === undefined) return;
      const { liveAgents } = /** @type {any} */ (data);
      arrivals.add(index, newestChange(liveAgents.nodes));
      resolve(undefined);
    });
  });
  return () => {
    client.stop();
    return dispatcher.destroy();
  };
}

/**
 * @param {Client} dispatcher
 * @param {Arrivals} arrivals
 * @returns {typeof globalThis.fetch}
 */
function counted(dispatcher, arrivals) {
  const send = async (/** @type {any} */ url, /** @type {any} */ init) => {
    const response = await fetch(url, { ...init, dispatcher });
    arrivals.addBytes(Number(response.headers.get("content-length")));
    return response;
  };
  return /** @type {typeof globalThis.fetch} */ (/** @type {unknown} */ (send));
}
