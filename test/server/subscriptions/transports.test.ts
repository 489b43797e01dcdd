import { emulatorAccountId } from "../../../src/emulator/index.js";
import { dataOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { allOf, nextOf, sseClient, webSocketClient } from "../../support/subscribers.js";
import type { Events } from "../../support/subscribers.js";

const accountId = emulatorAccountId;
const reasons = `subscription Reasons($accountId: ID!) {
  statusReasonsChanged(accountId: $accountId) { changed { id text } revision }
}`;
const create = `mutation ($accountId: ID!, $text: String!) {
  createStatusReason(accountId: $accountId, input: { text: $text }) { statusReason { id text } }
}`;
const query = `query ($accountId: ID!) { statusReasons(accountId: $accountId) { totalCount } }`;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** Each transport, with the client of its own library. */
const transports: Record<string, () => { run(query: string, variables?: object): Events; close(): void }> = {
  "graphql-ws": () => {
    const client = webSocketClient(gateway.url);
    return {
      run: (text, variables = { accountId }) =>
        client.iterate({ query: text, variables: { ...variables } }) as Events,
      close: () => void client.dispose(),
    };
  },
  "graphql-sse": () => {
    const client = sseClient(gateway.url);
    return {
      run: (text, variables = { accountId }) =>
        client.iterate({ query: text, variables: { ...variables } }) as Events,
      close: () => {
        client.dispose();
      },
    };
  },
};

describe.each(Object.entries(transports))("%s", (_name, connect) => {
  it("serves a subscription: everything first, then what changed", async () => {
    const client = connect();
    const events = client.run(reasons);
    const first = await nextOf(events);
    expect(first.errors).toBeUndefined();
    dataOf(await gateway.query(create, { accountId, text: `By ${_name}` }));
    const second = await nextOf(events);
    expect(second.data).toMatchObject({ statusReasonsChanged: { changed: [{ text: `By ${_name}` }] } });
    await events.return?.();
    client.close();
  });

  it("answers a query, and completes", async () => {
    const client = connect();
    const results = await allOf(client.run(query));
    expect(results).toEqual([{ data: { statusReasons: { totalCount: expect.any(Number) as number } } }]);
    client.close();
  });
});
