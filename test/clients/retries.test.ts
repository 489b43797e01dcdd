import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { OperationResult } from "@urql/core";
import { parse } from "graphql";

import {
  CreateStatusReasonDocument,
  StatusReasonDocument,
  StatusReasonsDocument,
  UpdateStatusReasonDocument,
  conflictOf,
} from "../../packages/client/src/index.js";
import type { Conflict, Session } from "../../packages/client/src/index.js";
import {
  emulatorAccountId,
  emulatorEmptyAccountId,
  emulatorReasonIds,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";
import { post, startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";
import { createApolloClient, createSession, createUrqlClient } from "./clients.js";

const accountId = emulatorAccountId;
const id = emulatorReasonIds.lunch;
const rename = { accountId, id, input: { text: "Brunch" }, ifRevision: null };

const twoAccounts: TypedDocumentNode<
  Record<"mine" | "theirs", { text: string } | null>,
  { mine: string; theirs: string; id: string }
> = parse(`query TwoAccounts($mine: ID!, $theirs: ID!, $id: ID!) {
  mine: statusReason(accountId: $mine, id: $id) { accountId id text }
  theirs: statusReason(accountId: $theirs, id: $id) { accountId id text }
}`);

const twoWrites: TypedDocumentNode<unknown, { accountId: string; id: string; other: string }> =
  parse(`mutation TwoWrites($accountId: ID!, $id: ID!, $other: ID!) {
    first: updateStatusReason(accountId: $accountId, id: $id, input: { text: "Brunch" }) { revision }
    second: updateStatusReason(accountId: $accountId, id: $other, input: { text: "Course" }) { revision }
  }`);

/** A write that is answered so was not processed. */
const refused = { status: 429, headers: { "retry-after": "1" } };

/** One of the clients, as a page uses it. */
interface PageClient {
  query<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Outcome<Data>>;
  mutate<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Outcome<Data>>;
}

interface Outcome<Data> {
  readonly data: Data | null | undefined;
  readonly message: string | undefined;
  readonly conflict: Conflict | undefined;
}

function apolloClient(url: string, session: Session): PageClient {
  const client = createApolloClient(url, session);
  // Apollo's types of variables are made for documents whose variables are known.
  type Options = Parameters<typeof client.query>[0];
  const outcome = <Data>({ data, error }: { data?: unknown; error?: Error | undefined }): Outcome<Data> => ({
    data: data as Data | undefined,
    message: error?.message,
    conflict: conflictOf(error),
  });
  return {
    query: async (query, variables) =>
      outcome(await client.query({ query, variables, errorPolicy: "all" } as Options)),
    mutate: async (mutation, variables) =>
      outcome(await client.mutate({ mutation, variables: { ...variables }, errorPolicy: "all" })),
  };
}

function urqlClient(url: string, session: Session): PageClient {
  const client = createUrqlClient(url, session);
  const outcome = <Data>({ data, error }: OperationResult<Data>): Outcome<Data> => ({
    data,
    message: error?.message,
    conflict: conflictOf(error),
  });
  return {
    query: async (document, variables) => outcome(await client.query(document, variables).toPromise()),
    mutate: async (document, variables) => outcome(await client.mutation(document, variables).toPromise()),
  };
}

describe.each([
  ["Apollo Client", apolloClient],
  ["urql", urqlClient],
])("the client package with %s", (_name, createClient) => {
  let gateway: TestGateway;
  let client: PageClient;
  beforeEach(async () => {
    // What is tried again here is tried again by the client.
    gateway = await startTestGateway({ UPSTREAM_ATTEMPTS: "1", MAX_REQUESTS_IN_FLIGHT: "2" });
    client = clientOf(gateway);
  });
  afterEach(() => gateway.stop());

  const clientOf = ({ url }: TestGateway, token?: string, login?: () => Promise<string>) =>
    createClient(url, createSession(token, login));
  const received = (method: string) => gateway.emulator.journal.count({ method });

  it("tries a read again after a 503 of the upstream", async () => {
    gateway.emulator.faults.add({ times: 2, status: 503 });
    const { data } = await client.query(StatusReasonsDocument, { accountId });
    expect(data?.statusReasons.totalCount).toBeGreaterThan(0);
    expect(received("GET")).toBe(3);
  });

  it("gives up after three attempts, with what the gateway said", async () => {
    gateway.emulator.faults.add({ status: 503 });
    const { message } = await client.query(StatusReasonsDocument, { accountId });
    expect(message).toContain("The upstream failed.");
    expect(received("GET")).toBe(3);
  });

  it("waits for as long as a 429 asks", async () => {
    gateway.emulator.faults.add({ times: 1, status: 429, headers: { "retry-after": "1" } });
    const startMs = performance.now();
    const { data } = await client.query(StatusReasonsDocument, { accountId });
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(990);
    expect(data?.statusReasons.totalCount).toBeGreaterThan(0);
    expect(received("GET")).toBe(2);
  });

  it("does not let a person wait for a minute", async () => {
    gateway.emulator.faults.add({ times: 1, status: 429, headers: { "retry-after": "60" } });
    const { message } = await client.query(StatusReasonsDocument, { accountId });
    expect(message).toContain("rate limit");
    expect(received("GET")).toBe(1);
  });

  it("tries again where the gateway is overloaded", async () => {
    gateway.emulator.faults.add({ latencyMs: 60_000 });
    const others = ["{ statusReasons", "{ liveAgents"].map((field) =>
      post(gateway.url, JSON.stringify({ query: `${field}(accountId: "${accountId}") { totalCount } }` })),
    );
    const held = Promise.all(others);
    await gateway.emulator.journal.whenReceived({}, others.length);
    const statuses = watchStatuses(async (status) => {
      if (status !== 503) return;
      gateway.emulator.faults.clear();
      await held;
    });
    const { data } = await client.query(StatusReasonDocument, { accountId, id });
    expect(data?.statusReason?.text).toBe("Lunch");
    expect(statuses).toEqual([503, 200]);
  });

  it("does not try again what cannot get better", async () => {
    gateway.emulator.faults.add({ status: 403 });
    const { message } = await client.query(StatusReasonsDocument, { accountId });
    expect(message).toContain("does not allow");
    expect(received("GET")).toBe(1);
  });

  it("never sends a write again that may have happened", async () => {
    gateway.emulator.faults.add({ match: { method: "POST" }, times: 1, reset: "after" });
    const input = { text: "Brunch" };
    const { message } = await client.mutate(CreateStatusReasonDocument, { accountId, input });
    expect(message).toContain("unknown");
    expect(received("POST")).toBe(1);
  });

  it("sends a write again that certainly did not happen", async () => {
    gateway.emulator.faults.add({ match: { method: "PUT" }, times: 1, ...refused });
    const { data } = await client.mutate(UpdateStatusReasonDocument, rename);
    expect(data?.updateStatusReason?.statusReason.text).toBe("Brunch");
    expect(received("PUT")).toBe(2);
  });

  it("sends no operation again of which another write may have happened", async () => {
    const { lunch, training } = emulatorReasonIds;
    gateway.emulator.faults.add({ match: { method: "PUT", path: training }, times: 1, ...refused });
    const outcome = await client.mutate(twoWrites, { accountId, id: lunch, other: training });
    expect(outcome.message).toContain("rate limit");
    expect(outcome.data).toMatchObject({ first: { revision: "17891" }, second: null });
    expect(gateway.emulator.journal.writes).toHaveLength(1);
    expect(received("PUT")).toBe(2);
  });

  it("sends a write without an answer from the gateway only once, and a read again", async () => {
    let lost = 0;
    const broken = jest.spyOn(globalThis, "fetch").mockImplementation(() => {
      lost += 1;
      return Promise.reject(new TypeError("fetch failed"));
    });
    await expectFailure(client.mutate(UpdateStatusReasonDocument, rename));
    expect(lost).toBe(1);
    await expectFailure(client.query(StatusReasonsDocument, { accountId }));
    expect(lost).toBe(1 + 3);
    broken.mockRestore();
  });

  it("renews a token once for all that were refused with it", async () => {
    let logins = 0;
    const login = (): Promise<string> => {
      logins += 1;
      return Promise.resolve(emulatorTokens.admin);
    };
    const expired = clientOf(gateway, emulatorTokens.expired, login);
    const [list, one] = await Promise.all([
      expired.query(StatusReasonsDocument, { accountId }),
      expired.query(StatusReasonDocument, { accountId, id }),
    ]);
    expect(list.data?.statusReasons.totalCount).toBeGreaterThan(0);
    expect(one.data?.statusReason?.text).toBe("Lunch");
    expect(logins).toBe(1);
  });

  it("asks for no third token where the second is refused too", async () => {
    const expired = clientOf(gateway, emulatorTokens.expired, () => Promise.resolve("no-better-token"));
    const { message } = await expired.query(StatusReasonsDocument, { accountId });
    expect(message).toContain("does not accept the token");
    expect(received("GET")).toBe(2);
  });

  it("shows what a write conflicts with, and does not try it again", async () => {
    const input = { text: "Lunch" };
    const { conflict } = await client.mutate(CreateStatusReasonDocument, { accountId, input });
    expect(conflict).toMatchObject({ kind: "DUPLICATE_TEXT", current: { id, text: "Lunch" } });
    expect(received("POST")).toBe(1);
  });

  it("keeps the data of a partial answer after the last attempt", async () => {
    gateway.emulator.faults.add({ match: { path: `/${emulatorEmptyAccountId}/` }, status: 503 });
    const variables = { mine: accountId, theirs: emulatorEmptyAccountId, id };
    const { data, message } = await client.query(twoAccounts, variables);
    expect(data).toMatchObject({ mine: { text: "Lunch" }, theirs: null });
    expect(message).toContain("The upstream failed.");
    expect(received("GET")).toBe(2 * 3);
  });
});

async function expectFailure(outcome: Promise<Outcome<unknown>>): Promise<void> {
  expect((await outcome).message).toContain("fetch failed");
}

/** The statuses of the answers from now on, each noted before `then` is awaited and the client gets it. */
function watchStatuses(then: (status: number) => Promise<void>): number[] {
  const statuses: number[] = [];
  const send = globalThis.fetch;
  jest.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const response = await send(input, init);
    statuses.push(response.status);
    await then(response.status);
    return response;
  });
  return statuses;
}
