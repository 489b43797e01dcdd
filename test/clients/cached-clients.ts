import { cacheExchange as graphcacheExchange } from "@urql/exchange-graphcache";
import {
  Environment,
  Network,
  RecordSource,
  Store,
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
} from "relay-runtime";
import type { ConcreteRequest, GraphQLResponse } from "relay-runtime";

import { keys } from "../../packages/client/src/graphcache.js";
import { getDataID } from "../../packages/client/src/relay.js";
import { emulatorTokens } from "../../src/emulator/seed/seed.js";
import { documentOf, publishedSource } from "../support/published-operations.js";
import { createApolloClient, createSession, createUrqlClient } from "./clients.js";
import { compileForRelay } from "./relay-artifacts.js";

/** A client with a cache, as a page uses it, that runs published operations by name. */
export interface CachedClient {
  /** Runs a query, from the cache if that has all of it; rejects on an error. */
  query(name: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Runs a mutation; rejects on an error. */
  mutate(name: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
}

export const cachedClients: readonly (readonly [string, (url: string) => CachedClient])[] = [
  ["Apollo Client", apolloClient],
  ["urql", (url) => urqlClient(url)],
  ["urql with graphcache", (url) => urqlClient(url, graphcacheExchange({ keys }))],
  ["Relay", relayClient],
];

function apolloClient(url: string): CachedClient {
  const client = createApolloClient(url, createSession());
  return {
    query: async (name, variables) => (await client.query({ query: documentOf(name), variables })).data,
    mutate: async (name, variables) => (await client.mutate({ mutation: documentOf(name), variables })).data,
  };
}

function urqlClient(url: string, cache?: ReturnType<typeof graphcacheExchange>): CachedClient {
  const client = createUrqlClient(url, createSession(), cache && { cache });
  const dataOf = ({ data, error }: { data?: unknown; error?: Error | undefined }): unknown => {
    if (error !== undefined) throw error;
    return data;
  };
  return {
    query: async (name, variables) => dataOf(await client.query(documentOf(name), variables).toPromise()),
    mutate: async (name, variables) => dataOf(await client.mutation(documentOf(name), variables).toPromise()),
  };
}

let compiled: ReadonlyMap<string, ConcreteRequest> | undefined;

function relayClient(url: string): CachedClient {
  compiled ??= compileForRelay(publishedSource);
  const requestOf = (name: string): ConcreteRequest => {
    const request = compiled?.get(name);
    if (request === undefined) throw new Error(`Relay compiled no ${name}`);
    return request;
  };
  const headers = { "content-type": "application/json", authorization: `Bearer ${emulatorTokens.admin}` };
  const network = Network.create(async ({ text: query }, variables) => {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  });
  const environment = new Environment({ network, store: new Store(new RecordSource()), getDataID });
  return {
    query: (name, variables) => {
      const request = requestOf(name);
      // As a mounted component does: what nobody retains may be collected.
      environment.retain(createOperationDescriptor(request, variables));
      return fetchQuery(environment, request, variables, { fetchPolicy: "store-or-network" }).toPromise();
    },
    mutate: (name, variables) =>
      new Promise((onCompleted, onError) => {
        commitMutation(environment, { mutation: requestOf(name), variables, onCompleted, onError });
      }),
  };
}
