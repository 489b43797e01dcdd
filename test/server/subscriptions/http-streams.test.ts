import { emulatorAccountId as accountId, emulatorTokens } from "../../../src/emulator/index.js";
import { figureOf, startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openStream } from "../../support/stream-reader.js";
import type { StreamReader } from "../../support/stream-reader.js";

const authorization = `Bearer ${emulatorTokens.admin}`;
const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { changed { id } } }`;
const query = `{ statusReason(accountId: "${accountId}", id: "1") { id } }`;
const sse = "text/event-stream";
const multipart = 'multipart/mixed;subscriptionSpec="1.0"';
const firstEvent = /"statusReasonsChanged":\{"changed":\[/;

let gateway: TestGateway;
beforeAll(async () => {
  // No request may take as long as a test: a stream must not be cut by what cuts requests.
  gateway = await startTestGateway({ CORS_ORIGINS: "https://board.example" });
});
afterAll(() => gateway.stop());

function post(body: unknown, accept: string | undefined, headers: Record<string, string> = {}) {
  return openStream(gateway.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization,
      ...(accept !== undefined && { accept }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

function get(
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<StreamReader> {
  const search = new URLSearchParams(parameters).toString();
  return openStream(`${gateway.url}?${search}`, {
    headers: { accept: sse, authorization, "apollo-require-preflight": "1", ...headers },
  });
}

const codesIn = (text: string): unknown[] => {
  const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
  return errors.map(({ extensions }) => extensions.code);
};

describe("Server-Sent Events", () => {
  it("go on, with the headers of every response and those that keep buffers away", async () => {
    const stream = await post({ query: subscription }, sse, {
      origin: "https://board.example",
      "x-request-id": "mine",
    });
    await stream.untilReceived(firstEvent);
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
      "access-control-allow-origin": "https://board.example",
      "x-request-id": "mine",
    });
    expect(stream.text()).toMatch(/^:\n\nevent: next\ndata: \{"data":.*\}\n\n$/);
    stream.abort();
  });

  it("are served by GET where a header shows that no other site's page sent it", async () => {
    const stream = await get({ query: subscription });
    await stream.untilReceived(firstEvent);
    stream.abort();
  });

  it("hold the one result of a query", async () => {
    const stream = await post({ query }, sse);
    expect(await stream.untilEnded()).toMatch(
      /^:\n\nevent: next\ndata: \{"data":\{.*\}\}\n\nevent: complete\ndata:\n\n$/,
    );
  });

  it.each([
    ["does not parse", "{", "GRAPHQL_PARSE_FAILED"],
    ["does not validate", "subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ])("say what is wrong with a document that %s", async (_what, document, code) => {
    const stream = await post({ query: document }, sse);
    expect(stream.response.status).toBe(200);
    const [, data = ""] = /data: (.*)\n/.exec(await stream.untilEnded()) ?? [];
    expect(codesIn(data)).toEqual([code]);
  });

  it("end with the error where the caller is refused", async () => {
    const stream = await post({ query: subscription }, sse, { authorization: "Bearer wrong" });
    const text = await stream.untilEnded();
    expect(text).toContain('"code":"UNAUTHENTICATED"');
    expect(text).toMatch(/event: complete\ndata:\n\n$/);
  });
});

describe("multipart responses", () => {
  it("go on, part by part", async () => {
    const stream = await post({ query: subscription }, multipart);
    await stream.untilReceived(firstEvent);
    expect(stream.response.headers.get("content-type")).toBe(
      'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
    );
    expect(stream.text()).toMatch(
      /^\r\n--graphql\r\ncontent-type: application\/json\r\n\r\n\{"payload":\{"data":.*\}\}\r\n--graphql$/,
    );
    stream.abort();
  });

  it("hold the one result of a query, and end", async () => {
    const stream = await post({ query }, multipart);
    expect(await stream.untilEnded()).toMatch(/\{"payload":\{"data":\{.*\}\}\}\r\n--graphql--\r\n$/);
  });
});

describe("what a client accepts", () => {
  it.each<[accept: string, contentType: string]>([
    ["text/event-stream, multipart/mixed", "text/event-stream"],
    ["multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json", "multipart/mixed"],
    [`${sse};q=0.5, ${multipart};q=0.9`, "multipart/mixed"],
    [`application/json, ${sse}`, "text/event-stream"],
  ])("decides how a subscription is served: %s", async (accept, contentType) => {
    const stream = await post({ query: subscription }, accept);
    expect(stream.response.headers.get("content-type")).toContain(contentType);
    await stream.untilReceived(firstEvent);
    stream.abort();
  });

  it("is JSON for a query where it takes that too, whatever was served before", async () => {
    const accept = `application/graphql-response+json, application/json, ${sse}, multipart/mixed`;
    for (let count = 0; count < 4; count += 1) {
      const stream = await post({ query }, accept);
      expect(stream.response.headers.get("content-type")).toContain("application/graphql-response+json");
      expect(JSON.parse(await stream.untilEnded())).toMatchObject({ data: {} });
      const subscribed = await post({ query: subscription }, accept);
      expect(subscribed.response.headers.get("content-type")).toContain(sse);
      subscribed.abort();
    }
  });

  it.each(["multipart/mixed", 'multipart/mixed;subscriptionSpec="2.0"', `${sse};q=0`])(
    "does not take a subscription with %s, nor anything that could be sent",
    async (accept) => {
      const stream = await post({ query: subscription }, accept);
      expect(stream.response.status).toBe(406);
      expect(codesIn(await stream.untilEnded())).toEqual(["BAD_REQUEST"]);
    },
  );

  it.each([undefined, "application/json", "*/*"])(
    "does not take a subscription with %s: it is told what would",
    async (accept) => {
      const stream = await post({ query: subscription }, accept);
      expect(stream.response.status).toBe(406);
      const text = await stream.untilEnded();
      expect(codesIn(text)).toEqual(["BAD_REQUEST"]);
      expect(text).toContain("text/event-stream");
    },
  );

  it("does not take a subscription by GET without it", async () => {
    const stream = await get({ query: subscription }, { accept: "application/json" });
    expect(stream.response.status).toBe(405);
    expect(codesIn(await stream.untilEnded())).toEqual(["BAD_REQUEST"]);
  });
});

describe("a request that is wrong", () => {
  it.each<[what: string, status: number, body: unknown]>([
    ["an empty object", 400, {}],
    ["a list", 400, [{ query }]],
    ["variables that are a string", 400, { query, variables: "{}" }],
    ["a persisted query of another version", 400, { query, extensions: { persistedQuery: { version: 2 } } }],
  ])("is refused by its status: %s", async (_what, status, body) => {
    const stream = await post(body, sse);
    expect(stream.response.status).toBe(status);
    expect(codesIn(await stream.untilEnded())).toEqual(["BAD_REQUEST"]);
  });

  it.each<[what: string, status: number, search: string]>([
    ["a document that is given twice", 400, "query={a}&query={b}"],
    ["variables that are no JSON", 400, "query={a}&variables={"],
    ["a mutation by GET", 405, `query=${encodeURIComponent("mutation { __typename }")}`],
    ["no document", 400, ""],
  ])("is refused by its status: %s", async (_what, status, search) => {
    const stream = await openStream(`${gateway.url}?${search}`, {
      headers: { accept: sse, authorization, "apollo-require-preflight": "1" },
    });
    expect(stream.response.status).toBe(status);
    expect(codesIn(await stream.untilEnded())).toEqual(["BAD_REQUEST"]);
  });
});

describe("a GET without the header that Apollo requires against cross-site requests", () => {
  const search = new URLSearchParams({ query: subscription }).toString();

  it("is served with a bearer token, as routers send it", async () => {
    const stream = await openStream(`${gateway.url}?${search}`, { headers: { accept: sse, authorization } });
    await stream.untilReceived(firstEvent);
    expect(stream.response.status).toBe(200);
    stream.abort();
  });

  it.each([{}, { authorization: "Basic bWU6c2VjcmV0" }])(
    "is refused with %j, as a page could send it",
    async (headers) => {
      const stream = await openStream(`${gateway.url}?${search}`, { headers: { accept: sse, ...headers } });
      expect(stream.response.status).toBe(400);
      expect(codesIn(await stream.untilEnded())).toEqual(["BAD_REQUEST"]);
    },
  );
});

it("takes no place among the requests in flight", async () => {
  const stream = await post({ query: subscription }, sse);
  await stream.untilReceived(firstEvent);
  await expect(figureOf(gateway.origin, "status_reason_gateway_requests_in_flight")).resolves.toBe(0);
  stream.abort();
});
