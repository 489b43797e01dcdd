import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openWebSocket, refusedWebSocket } from "../../support/subscribers.js";
import type { RawWebSocket } from "../../support/subscribers.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const init = { type: "connection_init", payload: { authorization } };
const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { revision } }`;
const subscribe = (query: string, id = "1", more = {}) => ({
  id,
  type: "subscribe",
  payload: { query, ...more },
});

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ MAX_BODY_BYTES: "65536" });
});
afterAll(() => gateway.stop());

async function initialised(
  payload: unknown = init.payload,
  headers: Record<string, string> = {},
): Promise<RawWebSocket> {
  const raw = await openWebSocket(gateway.url, { headers });
  raw.send({ type: "connection_init", payload });
  await raw.untilReceived("connection_ack");
  return raw;
}

describe("a client that does not keep the rules", () => {
  it.each([
    ["no subprotocol", []],
    ["another subprotocol", ["mqtt"]],
    ["the subprotocol before this one", ["graphql-ws"]],
  ])("is closed with 4406 for %s", async (_name, protocols) => {
    // The client library itself refuses a socket without the subprotocol that it asked for.
    const opened = openWebSocket(gateway.url, { protocols });
    if (protocols.length > 0) await expect(opened).rejects.toThrow("Server sent no subprotocol");
    else expect((await (await opened).closed).code).toBe(4406);
  });

  it.each<[what: string, code: number, messages: unknown[]]>([
    ["two connection_inits", 4429, [init, init]],
    ["a subscription before connection_init", 4401, [subscribe(subscription)]],
    ["an id that is in use", 4409, [init, subscribe(subscription), subscribe(subscription)]],
    ["a message that is no JSON", 4400, [init, "{"]],
    ["a message that is no object", 4400, [init, "[]"]],
    ["a message of no known type", 4400, [init, { type: "start", id: "1" }]],
    ["a subscription without an id", 4400, [init, { type: "subscribe", payload: { query: subscription } }]],
    ["a subscription without a document", 4400, [init, { type: "subscribe", id: "1", payload: {} }]],
    ["variables that are none", 4400, [init, subscribe(subscription, "1", { variables: [] })]],
    [
      "a token that is too long",
      4403,
      [{ type: "connection_init", payload: { authorization: "x".repeat(50_000) } }],
    ],
    ["a message that is too large", 1009, [init, `"${"x".repeat(70_000)}"`]],
  ])("is closed for %s with %d", async (_what, code, messages) => {
    const raw = await openWebSocket(gateway.url);
    for (const message of messages) {
      raw.send(message);
      if (message === init) await raw.untilReceived("connection_ack");
    }
    expect((await raw.closed).code).toBe(code);
  });

  it("is closed with 4408 for no connection_init in time", async () => {
    const hasty = await startTestGateway({}, { streamTimes: { initMs: 50 } });
    const raw = await openWebSocket(hasty.url);
    expect((await raw.closed).code).toBe(4408);
    await hasty.stop();
  });

  it("is closed with 1007 for what is not UTF-8", async () => {
    const raw = await initialised();
    raw.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect((await raw.closed).code).toBe(1007);
  });
});

describe("an operation that cannot be executed", () => {
  it.each<[what: string, code: string, payload: Record<string, unknown>]>([
    ["does not parse", "GRAPHQL_PARSE_FAILED", { query: "{" }],
    ["does not validate", "GRAPHQL_VALIDATION_FAILED", { query: "subscription { nothing }" }],
    ["is over the limits", "GRAPHQL_VALIDATION_FAILED", { query: `{ ${"a".repeat(60_000)} }` }],
    [
      "has no such name",
      "OPERATION_RESOLUTION_FAILURE",
      { query: "query A { __typename }", operationName: "B" },
    ],
    [
      "is persisted under no hash",
      "BAD_REQUEST",
      { query: "{ __typename }", extensions: { persistedQuery: { version: 2 } } },
    ],
  ])("is told so where it %s", async (_what, code, payload) => {
    const raw = await initialised();
    raw.send({ id: "7", type: "subscribe", payload });
    const { id, payload: errors } = await raw.untilReceived("error");
    expect(id).toBe("7");
    expect(errors).toMatchObject([{ extensions: { code, requestId: expect.any(String) as string } }]);
    raw.socket.close();
    await raw.closed;
    expect(raw.received.map(({ type }) => type)).toEqual(["connection_ack", "error"]);
  });

  it("is told so as the result where the caller is refused", async () => {
    const raw = await initialised(null);
    raw.send(subscribe(subscription));
    await raw.untilReceived("complete");
    expect(raw.received.map(({ type }) => type)).toEqual(["connection_ack", "next", "complete"]);
    expect(raw.received[1]?.["payload"]).toMatchObject({
      errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
    });
    raw.socket.close();
    await raw.closed;
  });
});

describe("the token", () => {
  it.each<[where: string, headers: Record<string, string>, params: unknown]>([
    ["the header", { authorization }, null],
    ["connectionParams", {}, { Authorization: authorization }],
    ["the headers in connectionParams", {}, { headers: { AUTHORIZATION: authorization } }],
    ["connectionParams before the header", { authorization: "Bearer wrong" }, { authorization }],
  ])("is taken from %s", async (_where, headers, payload) => {
    const raw = await initialised(payload, headers);
    raw.send(subscribe(subscription));
    const { payload: result } = await raw.untilReceived("next");
    expect(result).toMatchObject({ data: { statusReasonsChanged: {} } });
    raw.socket.close();
    await raw.closed;
  });

  it.each(["Bearer a\r\nx: y", "Bearer \u{1F600}", ""])(
    "is refused where it could not be a header: %j",
    async (token) => {
      const raw = await initialised({ authorization: token });
      raw.send(subscribe(subscription));
      const { payload } = await raw.untilReceived("next");
      expect(payload).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
      raw.socket.close();
      await raw.closed;
    },
  );
});

it("keeps an integer beyond 2^53 exact", async () => {
  const raw = await initialised();
  const query = 'query ($id: ID!) { statusReason(accountId: "x-", id: $id) { id } }';
  raw.send(
    `{"id":"1","type":"subscribe","payload":{"query":${JSON.stringify(query)},"variables":{"id":9007199254740993}}}`,
  );
  const { payload } = await raw.untilReceived("next");
  expect(JSON.stringify(payload)).not.toContain("9007199254740992");
  raw.socket.close();
  await raw.closed;
});

describe("a request to open a WebSocket", () => {
  it("is refused at another path", async () => {
    await expect(refusedWebSocket(`${gateway.origin}/graphql/more`)).resolves.toBe(404);
  });

  it("is refused without a valid Host", async () => {
    await expect(refusedWebSocket(gateway.url, { host: "a b" })).resolves.toBe(400);
  });
});

describe("pages of other origins", () => {
  const listed = "https://board.example";
  let strict: TestGateway;
  beforeAll(async () => {
    strict = await startTestGateway({ CORS_ORIGINS: listed });
  });
  afterAll(() => strict.stop());

  it.each<[origin: string | undefined, status: number]>([
    [undefined, 101],
    [listed, 101],
    ["https://board.example:444", 403],
    ["http://board.example", 403],
    ["https://other.example", 403],
    ["null", 403],
    ["", 403],
  ])("connect from %s with %d", async (origin, status) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    if (status === 101) (await openWebSocket(strict.url, { headers })).socket.terminate();
    else await expect(refusedWebSocket(strict.url, headers)).resolves.toBe(status);
  });

  it("connect from the gateway's own origin", async () => {
    const raw = await openWebSocket(strict.url, { headers: { origin: strict.origin } });
    raw.socket.terminate();
  });
});
