import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { sha256Of } from "../../../src/lib/index.js";
import { useTestGateway } from "../../support/gateway.js";
import { apolloManifest, useManifests } from "../../support/manifest.js";
import { persisted } from "../../support/persisted.js";
import { openStream } from "../../support/stream-reader.js";
import { openWebSocket } from "../../support/subscribers.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { revision } }`;
const query = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;
const manifestOf = useManifests();
const file = manifestOf(
  apolloManifest([subscription, query], (text) => `x-app:${sha256Of(text).slice(0, 8)}`),
);
const idOf = (text: string) => `x-app:${sha256Of(text).slice(0, 8)}`;

const gateway = useTestGateway({ TRUSTED_DOCUMENTS: file, TRUSTED_DOCUMENTS_MODE: "only" });

describe.each(["text/event-stream", 'multipart/mixed;subscriptionSpec="1.0"'])("a stream of %s", (accept) => {
  const headers = { accept, authorization, "content-type": "application/json" };

  it.each<[what: string, body: object]>([
    ["documentId", { documentId: idOf(subscription) }],
    ["persistedQuery", { extensions: persisted(subscription) }],
    ["its text", { query: subscription }],
  ])("is started by %s, by POST and by GET", async (_what, body) => {
    const posted = await openStream(gateway.url, { method: "POST", headers, body: JSON.stringify(body) });
    await posted.untilReceived(/"statusReasonsChanged":\{"revision":/);
    posted.abort();
    const texts = Object.entries(body).map(([name, value]: [string, unknown]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const got = await openStream(`${gateway.url}?${new URLSearchParams(texts).toString()}`, {
      headers: { accept, authorization },
    });
    await got.untilReceived(/"statusReasonsChanged":\{"revision":/);
    got.abort();
  });

  it("is not started by another text", async () => {
    const body = JSON.stringify({ query: `${subscription} ` });
    const stream = await openStream(gateway.url, { method: "POST", headers, body });
    expect(stream.response.status).toBe(400);
    expect(await stream.untilEnded()).toContain("DOCUMENT_NOT_TRUSTED");
  });
});

describe("a WebSocket", () => {
  const open = async () => {
    const raw = await openWebSocket(gateway.url);
    raw.send({ type: "connection_init", payload: { authorization } });
    await raw.untilReceived("connection_ack");
    return raw;
  };

  it.each<[what: string, named: object]>([
    ["documentId", { documentId: idOf(query) }],
    ["documentId in the extensions", { extensions: { documentId: idOf(query) } }],
    [
      "documentId in the extensions beside an empty text",
      { query: "", extensions: { documentId: idOf(query) } },
    ],
    ["persistedQuery", { extensions: persisted(query) }],
    ["persistedQuery beside null", { query: null, extensions: persisted(query) }],
    ["its text", { query }],
  ])("executes by %s", async (_what, payload) => {
    const raw = await open();
    raw.send({ id: "1", type: "subscribe", payload });
    expect((await raw.untilReceived("next"))["payload"]).toEqual({
      data: { statusReasons: { totalCount: 12 } },
    });
    await raw.untilReceived("complete");
    raw.socket.close();
    await raw.closed;
  });

  it("subscribes by an id", async () => {
    const raw = await open();
    raw.send({ id: "1", type: "subscribe", payload: { documentId: idOf(subscription) } });
    expect((await raw.untilReceived("next"))["payload"]).toMatchObject({
      data: { statusReasonsChanged: {} },
    });
    raw.socket.close();
    await raw.closed;
  });

  it.each<[code: string, named: object]>([
    ["PERSISTED_QUERY_NOT_FOUND", { documentId: "x-app:none" }],
    ["PERSISTED_QUERY_NOT_FOUND", { extensions: persisted("{ a }") }],
    ["DOCUMENT_NOT_TRUSTED", { query: "{ a }" }],
    ["BAD_REQUEST", { documentId: 1 }],
    ["BAD_REQUEST", { extensions: { documentId: "a b" } }],
    ["BAD_REQUEST", { query: "" }],
  ])("tells %s of %j", async (code, payload) => {
    const raw = await open();
    raw.send({ id: "1", type: "subscribe", payload });
    expect((await raw.untilReceived("error"))["payload"]).toMatchObject([{ extensions: { code } }]);
    raw.socket.close();
    await raw.closed;
  });
});

describe("a WebSocket of a gateway without a manifest", () => {
  const plain = useTestGateway();

  it("registers and finds automatic persisted queries", async () => {
    const extensions = persisted(query);
    const responseTo = async (payload: object, type: string) => {
      const raw = await openWebSocket(plain.url);
      raw.send({ type: "connection_init", payload: { authorization } });
      await raw.untilReceived("connection_ack");
      raw.send({ id: "1", type: "subscribe", payload });
      const { payload: response } = await raw.untilReceived(type);
      raw.socket.close();
      await raw.closed;
      return response;
    };
    expect(await responseTo({ extensions }, "error")).toMatchObject([{ message: "PersistedQueryNotFound" }]);
    const listed = { data: { statusReasons: { totalCount: 12 } } };
    expect(await responseTo({ query, extensions }, "next")).toEqual(listed);
    expect(await responseTo({ extensions }, "next")).toEqual(listed);
  });
});
