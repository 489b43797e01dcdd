import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { createClient, fetchExchange, subscriptionExchange } from "@urql/core";
import type { OperationResult } from "@urql/core";

import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { dataOf, startTestGateway, untilFigure } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { webSocketClient } from "../../support/subscribers.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const subscription = `subscription Reasons { statusReasonsChanged(accountId: "${accountId}") { changed { id text } } }`;
const create = `mutation ($text: String!) {
  createStatusReason(accountId: "${accountId}", input: { text: $text }) { statusReason { id } }
}`;

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.stop());

/** What a client is told, one after the other. */
class Told<T> {
  readonly values: T[] = [];
  #wake: () => void = () => undefined;

  readonly next = (value: T): void => {
    this.values.push(value);
    this.#wake();
  };

  async until(count: number): Promise<readonly T[]> {
    while (this.values.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.values;
  }
}

function apolloClient(): ApolloClient {
  const link = new HttpLink({ uri: gateway.url, headers: { authorization } });
  return new ApolloClient({ link, cache: new InMemoryCache() });
}

describe("Apollo Client's HttpLink", () => {
  it("is served by multipart responses without any setting", async () => {
    const client = apolloClient();
    const told = new Told<unknown>();
    const following = client.subscribe({ query: gql(subscription) }).subscribe(told.next);
    await told.until(1);
    dataOf(await gateway.query(create, { text: "Apollo" }));
    const [first, second] = await told.until(2);
    expect(first).toMatchObject({ data: { statusReasonsChanged: {} } });
    expect(second).toMatchObject({ data: { statusReasonsChanged: { changed: [{ text: "Apollo" }] } } });
    following.unsubscribe();
    await untilFigure(gateway.origin, "status_reason_gateway_live_subscriptions", 0);
    client.stop();
  });

  it("is told that the gateway stops by an error", async () => {
    const client = apolloClient();
    const told = new Told<unknown>();
    const following = client.subscribe({ query: gql(subscription) }).subscribe(told.next);
    await told.until(1);
    await gateway.stop();
    const [, last] = await told.until(2);
    expect(last).toMatchObject({
      error: { errors: [{ extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true } }] },
    });
    following.unsubscribe();
    client.stop();
  });

  it("is told what is wrong with an operation", async () => {
    const client = apolloClient();
    const told = new Told<unknown>();
    client.subscribe({ query: gql("subscription { nothing }") }).subscribe(told.next);
    const [only] = await told.until(1);
    expect(only).toMatchObject({
      error: { errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] },
    });
    client.stop();
  });
});

describe("urql", () => {
  it.each<[how: string, exchanges: () => Parameters<typeof createClient>[0]]>([
    [
      "Server-Sent Events",
      () => ({
        url: gateway.url,
        exchanges: [fetchExchange],
        fetchSubscriptions: true,
        preferGetMethod: false,
        fetchOptions: { headers: { authorization } },
      }),
    ],
    [
      "graphql-ws",
      () => {
        const client = webSocketClient(gateway.url);
        const forward = subscriptionExchange({
          forwardSubscription: ({ query = "", variables }) => ({
            subscribe: (sink) => ({
              unsubscribe: client.subscribe({ query, variables: { ...variables } }, sink as never),
            }),
          }),
        });
        return { url: gateway.url, exchanges: [forward], preferGetMethod: false };
      },
    ],
  ])("is served by %s", async (_how, options) => {
    const told = new Told<OperationResult>();
    const following = createClient(options()).subscription(subscription, {}).subscribe(told.next);
    await told.until(1);
    dataOf(await gateway.query(create, { text: "urql" }));
    const [first, second] = await told.until(2);
    expect(first?.error).toBeUndefined();
    expect(second?.data).toMatchObject({ statusReasonsChanged: { changed: [{ text: "urql" }] } });
    following.unsubscribe();
    await untilFigure(gateway.origin, "status_reason_gateway_live_subscriptions", 0);
  });
});
