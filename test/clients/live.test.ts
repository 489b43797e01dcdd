import type { Client as LiveClient } from "graphql-ws";
import { WebSocket } from "ws";

import {
  CreateStatusReasonDocument,
  StatusReasonsChangedDocument,
  failuresOf,
} from "../../packages/client/src/index.js";
import type { Session } from "../../packages/client/src/index.js";
import { createLiveClient } from "../../packages/client/src/live.js";
import { emulatorAccountId as accountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { dataOf, untilFigure, useTestGateway } from "../support/gateway.js";
import { createApolloClient, createSession, createUrqlClient } from "./clients.js";

/** What a client is told of the reasons' changes, one after the other. */
class Told {
  readonly #results: { data?: unknown; error?: unknown }[] = [];
  #wake: () => void = () => undefined;

  readonly next = (result: { data?: unknown; error?: unknown }): void => {
    this.#results.push(result);
    this.#wake();
  };

  /** The next result; rejects if it is an error. */
  async result(): Promise<unknown> {
    while (this.#results.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    const { data, error } = this.#results.shift() ?? {};
    if (error !== undefined) throw new Error("an error was told", { cause: error });
    return data;
  }
}

interface Following {
  unsubscribe(): void;
}

type Follow = (url: string, session: Session, live: LiveClient | undefined, told: Told) => Following;

const withApollo: Follow = (url, session, live, told) =>
  createApolloClient(url, session, live)
    .subscribe({ query: StatusReasonsChangedDocument, variables: { accountId } })
    .subscribe(told.next);

const withUrql: Follow = (url, session, live, told) =>
  createUrqlClient(url, session, live && { live })
    .subscription(StatusReasonsChangedDocument, { accountId })
    .subscribe(told.next);

describe.each([
  ["Apollo Client", withApollo],
  ["urql", withUrql],
])("subscriptions by %s", (_name, follow) => {
  const gateway = useTestGateway();
  let following: Following | undefined;
  afterEach(async () => {
    following?.unsubscribe();
    await untilFigure(gateway.origin, "status_reason_gateway_live_subscriptions", 0);
  });

  const liveClient = (session: Session): LiveClient =>
    createLiveClient(gateway.url, session, { webSocketImpl: WebSocket });
  const create = async (text: string) =>
    dataOf(await gateway.run(CreateStatusReasonDocument, { accountId, input: { text } }));
  const changed = (text: string) => ({
    statusReasonsChanged: { changed: [expect.objectContaining({ text })], stale: false },
  });

  it.each([
    ["a WebSocket", liveClient],
    ["HTTP", () => undefined],
  ])("over %s renew an expired token, and tell what changed", async (_transport, liveOf) => {
    const login = jest.fn(() => Promise.resolve(emulatorTokens.admin));
    const session = createSession(emulatorTokens.expired, login);
    const told = new Told();
    following = follow(gateway.url, session, liveOf(session), told);
    expect(await told.result()).toMatchObject({ statusReasonsChanged: { stale: false } });
    await create("Siesta");
    expect(await told.result()).toMatchObject(changed("Siesta"));
    expect(login).toHaveBeenCalledTimes(1);
  });

  it("go on with the new token after the old one was replaced", async () => {
    const session = createSession(emulatorTokens.admin, () => Promise.resolve(emulatorTokens.readOnly));
    const told = new Told();
    following = follow(gateway.url, session, liveClient(session), told);
    await told.result();
    await session.renew(session.token);
    // The first event of a new connection: all reasons again.
    expect(await told.result()).toMatchObject({ statusReasonsChanged: { stale: false } });
  });

  it("end with the gateway's error where no token helps", async () => {
    const session = createSession(emulatorTokens.expired, () => Promise.resolve("no-better-token"));
    const told = new Told();
    following = follow(gateway.url, session, liveClient(session), told);
    const error: unknown = await told.result().catch((thrown: unknown) => (thrown as Error).cause);
    expect(failuresOf(error)).toMatchObject([{ code: "UNAUTHENTICATED" }]);
  });
});
