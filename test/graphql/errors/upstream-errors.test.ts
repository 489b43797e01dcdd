import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

import { emulatorAccountId, emulatorReasonIds, emulatorTokens } from "../../../src/emulator/seed/seed.js";
import type { Fault } from "../../../src/emulator/faults/faults.js";
import {
  CreateStatusReasonDocument,
  DeleteStatusReasonDocument,
  StatusReasonDocument,
  StatusReasonsDocument,
  UpdateStatusReasonDocument,
} from "../../../src/generated/operations.js";
import { holdDeadlines, stopClocks } from "../../support/deadlines.js";
import { errorOf, startTestGateway } from "../../support/gateway.js";
import type { GraphqlResponse, TestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;
const id = emulatorReasonIds.lunch;
const input = { text: "Brunch" };

type Run = (gateway: Pick<TestGateway, "run">) => Promise<GraphqlResponse<unknown>>;

/** Each operation, and the method of the call that fails. */
const operations: Readonly<Record<string, { method: string; isRead: boolean; run: Run }>> = {
  list: { method: "GET", isRead: true, run: (g) => g.run(StatusReasonsDocument, { accountId }) },
  byId: { method: "GET", isRead: true, run: (g) => g.run(StatusReasonDocument, { accountId, id }) },
  create: {
    method: "POST",
    isRead: false,
    run: (g) => g.run(CreateStatusReasonDocument, { accountId, input }),
  },
  update: {
    method: "PUT",
    isRead: false,
    run: (g) => g.run(UpdateStatusReasonDocument, { accountId, id, input }),
  },
  delete: {
    method: "DELETE",
    isRead: false,
    run: (g) => g.run(DeleteStatusReasonDocument, { accountId, id }),
  },
};

function operationOf(name: string): { method: string; run: Run } {
  const operation = operations[name];
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return operation;
}

const resilience = { maxPauseMs: 1 };

/** The forms an error's body takes. */
const bodies = {
  oauth: '{"error":"invalid","error_description":"oauth says no"}',
  typed: '{"type":"x","message":"typed says no"}',
  internal: '{"time":1597063917599,"message":"internal says no","internalCode":20}',
  text: "Forbidden by policy",
  html: "<html><body>nginx at upstream-host.internal</body></html>",
  empty: "",
  truncated: '{"message":"cut o',
  wrongType: "[1,2,3]",
};

const table: readonly [status: number, code: string, retryable: boolean][] = [
  [400, "BAD_USER_INPUT", false],
  [401, "UNAUTHENTICATED", false],
  [403, "FORBIDDEN", false],
  [404, "NOT_FOUND", false],
  [409, "CONFLICT", false],
  [412, "CONFLICT", false],
  [429, "RATE_LIMITED", true],
  [500, "UPSTREAM_ERROR", true],
  [502, "UPSTREAM_ERROR", true],
  [503, "UPSTREAM_ERROR", true],
  [504, "UPSTREAM_ERROR", true],
  [302, "UPSTREAM_INVALID_RESPONSE", false],
  [418, "UPSTREAM_INVALID_RESPONSE", false],
  [202, "UPSTREAM_INVALID_RESPONSE", false],
];

/** Nothing of these may be in any answer. */
const insides = /upstream-host|127\.0\.0\.1|https?:\/\/|node_modules|\bat .+:\d+|<html|x-secret/i;

describe("upstream errors", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    // One failure after the other, each as if it were the first: no circuit opens, no account stays paused.
    gateway = await startTestGateway({ UPSTREAM_CIRCUIT_FAILURES: "1000000" }, { resilience });
  });
  afterEach(() => {
    gateway.emulator.reset();
  });
  afterAll(() => gateway.stop());

  const fails = (method: string, fault: Fault) => {
    gateway.emulator.faults.add({ match: { method }, ...fault });
  };

  describe.each(Object.entries(operations))("of %s", (name, { method, isRead, run }) => {
    // Of a reason by its id, 404 is no error.
    const rows = table.filter(([status]) => name !== "byId" || status !== 404);
    it.each(rows)("%d is %s", async (status, code, retryable) => {
      for (const body of Object.values(bodies)) {
        gateway.emulator.reset();
        fails(method, { status, body, headers: { "x-secret": "x-secret" } });
        const answer = await run(gateway);
        const { extensions } = errorOf(answer);
        expect(extensions).toMatchObject({ code, retryable, requestId: expect.any(String) as string });
        expect(extensions["upstream"]).toMatchObject({
          service: isRead ? "accountConfigReadOnly" : "accountConfigReadWrite",
          status,
        });
        expect(answer.status).toBe(200);
        expect(answer.text).not.toMatch(insides);
      }
    });

    it.each([
      ["a reset", { reset: "before" }, "UPSTREAM_UNAVAILABLE", undefined],
      ["a 200 that is HTML", { status: 200, body: bodies.html }, "UPSTREAM_INVALID_RESPONSE", 200],
      ["a 200 with half a JSON", { status: 200, body: '{"id":1,"te' }, "UPSTREAM_INVALID_RESPONSE", 200],
    ] as const)("%s is what it is", async (_case, fault, code, status) => {
      fails(method, fault);
      const answer = await run(gateway);
      const { extensions } = errorOf(answer);
      expect(extensions["code"]).toBe(code);
      // Nothing tells of a write that was sent that it did not happen; a read may be sent again.
      expect(extensions["retryable"]).toBe(isRead && code === "UPSTREAM_UNAVAILABLE");
      expect((extensions["upstream"] as { status?: number }).status).toBe(status);
      expect(answer.text).not.toMatch(insides);
    });
  });

  it.each([
    ["list", "an object", '{"id":1}'],
    ["list", "null", "null"],
    ["list", "a string", '"x"'],
    ["list", "nothing", ""],
    ["list", "an item without an id", '[{"text":"A","state":"Away","enabled":true,"deleted":false}]'],
    ["list", "an item that is null", "[null]"],
    ["list", "an id that is a fraction", '[{"id":1.5,"text":"A","state":"Away"}]'],
    ["byId", "a list", "[]"],
    ["byId", "null", "null"],
    ["byId", "nothing", ""],
    ["create", "a list", '[{"id":1,"text":"Brunch","state":"Away","enabled":true,"deleted":false}]'],
    ["create", "nothing", ""],
    ["update", "a list", "[]"],
    ["update", "nothing", ""],
  ])("%s does not take %s for an answer", async (name, _case, body) => {
    const operation = operationOf(name);
    fails(operation.method, { status: 200, body });
    const answer = await operation.run(gateway);
    expect(errorOf(answer).extensions).toMatchObject({
      code: "UPSTREAM_INVALID_RESPONSE",
      retryable: false,
      upstream: { status: 200 },
    });
  });

  it.each(["list", "byId"])("%s does not take an answer that was cut off", async (name) => {
    fails("GET", { truncate: true });
    const answer = await operationOf(name).run(gateway);
    expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE" });
  });

  it.each([
    [400, bodies.oauth, "oauth says no"],
    [400, bodies.typed, "typed says no"],
    [409, bodies.internal, "internal says no"],
  ])("%d shows the upstream's own short message", async (status, body, message) => {
    fails("POST", { status, body });
    const answer = await gateway.run(CreateStatusReasonDocument, { accountId, input });
    expect(errorOf(answer).message).toContain(message);
  });

  it.each([401, 403, 500])("%d does not", async (status) => {
    fails("POST", { status, body: bodies.typed });
    const answer = await gateway.run(CreateStatusReasonDocument, { accountId, input });
    expect(errorOf(answer).message).not.toContain("says no");
  });

  it.each([
    ["7", 7],
    ["100000", 300],
    ["soon", 1],
    [undefined, 1],
  ])("429 with Retry-After %p tells how long the account is left alone", async (header, seconds) => {
    // The pause stays longer than the deadline, which does not pass.
    stopClocks();
    const hasty = await startTestGateway({ UPSTREAM_TIMEOUT_MS: "900" });
    hasty.emulator.faults.add({ status: 429, ...(header && { headers: { "retry-after": header } }) });
    for (let times = 0; times < 2; times += 1) {
      const answer = await hasty.run(StatusReasonsDocument, { accountId });
      expect(errorOf(answer).extensions["retryAfter"]).toBe(seconds);
    }
    expect(hasty.emulator.journal.count()).toBe(1);
    await hasty.stop();
  });

  it("a connection that is refused is UPSTREAM_UNAVAILABLE without an invented status", async () => {
    const server = createHttpServer();
    const origin = await listen(server);
    await promisify(server.close.bind(server))();
    const lost = await startTestGateway({ UPSTREAM: origin });
    const answer = await lost.run(StatusReasonsDocument, { accountId });
    await lost.stop();
    expect(errorOf(answer).extensions).toEqual({
      code: "UPSTREAM_UNAVAILABLE",
      retryable: true,
      requestId: expect.any(String) as string,
      upstream: { service: "accountConfigReadOnly", operation: "listStatusReasons" },
    });
  });

  it.each(["list", "create"])(
    "a hang of %s is UPSTREAM_TIMEOUT when the deadline has passed",
    async (name) => {
      const passDeadlines = holdDeadlines();
      gateway.emulator.faults.add({ hang: true });
      const answer = operationOf(name).run(gateway);
      await gateway.emulator.journal.whenReceived();
      passDeadlines();
      const { extensions } = errorOf(await answer);
      expect(extensions).toMatchObject({ code: "UPSTREAM_TIMEOUT", retryable: name === "list" });
      expect(extensions["upstream"] as object).not.toHaveProperty("status");
    },
  );

  it("the deadline is one for all calls of a request", async () => {
    const passDeadlines = holdDeadlines();
    gateway.emulator.faults.add({ match: { method: "PUT" }, hang: true });
    const answer = gateway.run(UpdateStatusReasonDocument, { accountId, id, input });
    await gateway.emulator.journal.whenReceived({ method: "PUT" });
    passDeadlines();
    expect(errorOf(await answer).extensions).toMatchObject({ code: "UPSTREAM_TIMEOUT", retryable: false });
  });

  it("a caller that goes away takes its upstream call along", async () => {
    const upstream = createHttpServer();
    const request = once(upstream, "request") as Promise<[IncomingMessage]>;
    const abandoned = await startTestGateway({ UPSTREAM: await listen(upstream) });
    const caller = new AbortController();
    const answer = abandoned.run(StatusReasonsDocument, { accountId }, { signal: caller.signal });
    const closed = request.then(([{ socket }]) => once(socket, "close"));
    await request;
    caller.abort();
    await expect(answer).rejects.toThrow("aborted");
    await closed;
    await abandoned.stop();
    upstream.close();
  });

  it("an unusable Authorization is UNAUTHENTICATED without a call", async () => {
    const headers = ["Basic dXNlcjpwYXNz", "Bearer", "Bearer two tokens", "OAuth oauth_token=x", "token"];
    for (const authorization of [undefined, ...headers]) {
      const options = { token: null, headers: { ...(authorization && { authorization }) } };
      const answer = await gateway.run(StatusReasonsDocument, { accountId }, options);
      expect(errorOf(answer).extensions).toEqual({
        code: "UNAUTHENTICATED",
        retryable: false,
        requestId: expect.any(String) as string,
        upstream: { service: "accountConfigReadOnly", operation: "listStatusReasons" },
      });
    }
    expect(gateway.emulator.journal.requests).toEqual([]);
  });

  it("needs no token for what needs no upstream", async () => {
    const answer = await gateway.query(
      "{ __typename __schema { queryType { name } } _service { sdl } }",
      {},
      { token: null },
    );
    expect(answer.errors).toEqual([]);
  });

  it("never shows or logs a token, whatever fails", async () => {
    const token = "s3cr3t-token-of-a-caller";
    const echo = { message: `bad token ${token}`, error: `Bearer ${token}` };
    let seen = "";
    for (const { method, run } of Object.values(operations)) {
      for (const status of [200, ...table.map(([refusal]) => refusal)]) {
        fails(method, { times: 1, status, body: JSON.stringify(echo) });
        const answer = await run({
          run: (document, variables) => gateway.run(document, variables, { token }),
        });
        seen += answer.text + JSON.stringify([...answer.headers]);
      }
    }
    const { text } = await gateway.query("{ nonsense", {}, { token });
    expect(seen + text).not.toContain(token);
    expect(gateway.log.text()).not.toContain(token);
    expect(gateway.log.text()).not.toContain(emulatorTokens.admin);
  });
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
