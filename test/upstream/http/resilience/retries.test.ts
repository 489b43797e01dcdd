import type { Fault } from "../../../../src/emulator/faults/faults.js";
import { emulatorAccountId, emulatorTokens } from "../../../../src/emulator/seed/seed.js";
import { fixedOrigin } from "../../../../src/upstream/http/service-directory.js";
import { createUpstream } from "../../../../src/upstream/upstream.js";
import { CreateStatusReasonDocument, StatusReasonsDocument } from "../../../../src/generated/operations.js";
import { dataOf, errorOf, startTestGateway } from "../../../support/gateway.js";
import type { TestGateway } from "../../../support/gateway.js";
import { startScriptedUpstream } from "../../../support/scripted-upstream.js";
import { createCaller } from "../../../support/upstream-caller.js";
import { UpstreamLog } from "../../../support/upstream-log.js";

const accountId = emulatorAccountId;
const input = { text: "Brunch" };

describe("retries", () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await startTestGateway({}, { resilience: { maxPauseMs: 1 } });
  });
  afterEach(() => gateway.stop());

  const list = () => gateway.run(StatusReasonsDocument, { accountId });
  const create = () => gateway.run(CreateStatusReasonDocument, { accountId, input });
  const sent = () => gateway.emulator.journal.count();
  const date = () => new Date(Date.now() + 5_000).toUTCString();

  it.each<[string, Fault]>([
    ["a 500", { status: 500 }],
    ["a 502", { status: 502, body: "<html>" }],
    ["a 503", { status: 503 }],
    ["a 504", { status: 504 }],
    ["a reset before it was processed", { reset: "before" }],
    ["a reset after it was processed", { reset: "after" }],
    ["a 429", { status: 429 }],
    ["a 429 with seconds", { status: 429, headers: { "retry-after": "5" } }],
    ["a 429 with a date", { status: 429, headers: { "retry-after": date() } }],
  ])("%s of a read is got over twice, not three times", async (_case, fault) => {
    gateway.emulator.faults.add({ ...fault, times: 2 });
    dataOf(await list());
    expect(sent()).toBe(3);
    gateway.emulator.journal.clear();
    gateway.emulator.faults.add({ ...fault, times: 3 });
    expect(errorOf(await list()).extensions).toMatchObject({ retryable: true });
    expect(sent()).toBe(3);
  });

  it.each<[string, Fault]>([
    ["a 400", { status: 400 }],
    ["a 403", { status: 403 }],
    ["a 501", { status: 501 }],
    ["a page of HTML", { status: 200, body: "<html>" }],
  ])("%s is not", async (_case, fault) => {
    gateway.emulator.faults.add({ ...fault, times: 1 });
    errorOf(await list());
    expect(sent()).toBe(1);
  });

  it("half an answer of a read is got over twice, and is no answer the third time", async () => {
    gateway.emulator.faults.add({ truncate: true, times: 2 });
    dataOf(await list());
    expect(sent()).toBe(3);
    gateway.emulator.journal.clear();
    gateway.emulator.faults.add({ truncate: true });
    const { message, extensions } = errorOf(await list());
    expect(message).toMatch(/cut off/);
    expect(extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE", upstream: { status: 200 } });
    expect(sent()).toBe(3);
  });

  it("half an answer on a connection that was not to be kept is got over too", async () => {
    const upstream = await startScriptedUpstream(({ response }, count) => {
      response.writeHead(200, { connection: "close", "content-length": "2" });
      if (count < 3) response.write("[", () => response.socket?.destroy());
      else response.end("[]");
    });
    const client = createUpstream({
      directory: fixedOrigin(upstream.origin),
      apiVersion: "1.0",
      resilience: { backoffBaseMs: 1 },
    });
    await expect(client.statusReasons.list(createCaller().call, "1", false)).resolves.toMatchObject({
      value: [],
    });
    expect(upstream.exchanges).toHaveLength(3);
    await client.close();
    await upstream.stop();
  });

  it("a write that was refused unprocessed is sent again", async () => {
    gateway.emulator.faults.add({ status: 429, times: 2 });
    dataOf(await create());
    expect(sent()).toBe(3);
    expect(gateway.emulator.journal.writes).toHaveLength(1);
  });

  it.each([500, 502, 503, 504])("a write that may have happened (%d) is not", async (status) => {
    gateway.emulator.faults.add({ status, times: 1 });
    expect(errorOf(await create()).extensions).toMatchObject({ code: "UPSTREAM_ERROR" });
    expect(sent()).toBe(1);
  });
});

describe("a 429 that names a time past the deadline", () => {
  it.each([
    ["seconds", () => "30"],
    ["a date", () => new Date(Date.now() + 30_500).toUTCString()],
  ])("is RATE_LIMITED at once, with %s", async (_case, header) => {
    const gateway = await startTestGateway();
    gateway.emulator.faults.add({ status: 429, headers: { "retry-after": header() } });
    const { extensions } = errorOf(await gateway.run(StatusReasonsDocument, { accountId }));
    await gateway.stop();
    expect(extensions).toMatchObject({ code: "RATE_LIMITED", retryable: true, upstream: { status: 429 } });
    expect(extensions["retryAfter"]).toBeGreaterThan(25);
    expect(extensions["retryAfter"]).toBeLessThanOrEqual(31);
    expect(gateway.emulator.journal.count()).toBe(1);
  });
});

describe("attempts", () => {
  /** An address that nobody listens at. */
  async function nowhere(): Promise<string> {
    const upstream = await startScriptedUpstream();
    await upstream.stop();
    return upstream.origin;
  }

  it.each(["a read", "a write"])("are made again for %s that could not connect", async (kind) => {
    const observer = new UpstreamLog();
    const directory = fixedOrigin(await nowhere());
    const upstream = createUpstream({
      directory,
      apiVersion: "1.0",
      resilience: { backoffBaseMs: 1 },
      observer,
    });
    const { call } = createCaller();
    const reason = { text: "Brunch", state: "AWAY", enabled: true } as const;
    const { statusReasons } = upstream;
    const work =
      kind === "a read" ? statusReasons.list(call, "1", false) : statusReasons.create(call, "1", reason);
    await expect(work).rejects.toMatchObject({ fault: "unavailable" });
    expect(observer.outcomes).toEqual(["unavailable", "unavailable", "unavailable"]);
    expect(observer.retries).toBe(2);
    expect(call.stats.upstreamCalls).toBe(3);
    await upstream.close();
  });

  it("say of a write that could not connect that nothing was changed", async () => {
    const gateway = await startTestGateway({ UPSTREAM: await nowhere() });
    const error = errorOf(await gateway.run(CreateStatusReasonDocument, { accountId, input }));
    await gateway.stop();
    expect(error.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    expect(error.message).toContain("Nothing was changed.");
  });

  it("end at once when the caller leaves between two", async () => {
    const upstream = await startScriptedUpstream(({ response }) => response.writeHead(503).end());
    const observer = new UpstreamLog();
    const resilience = { backoffBaseMs: 600_000 };
    const directory = fixedOrigin(upstream.origin);
    const client = createUpstream({ directory, apiVersion: "1.0", resilience, observer });
    const caller = createCaller(emulatorTokens.admin, 3_600_000);
    const work = client.statusReasons.list(caller.call, accountId, false);
    await observer.until(({ outcomes }) => outcomes.length === 1);
    caller.leave();
    await expect(work).rejects.toMatchObject({ fault: "cancelled" });
    expect(upstream.exchanges).toHaveLength(1);
    await client.close();
    await upstream.stop();
  });

  it("are not begun where the deadline comes before the next", async () => {
    const upstream = await startScriptedUpstream(({ response }) => response.writeHead(503).end());
    const resilience = { backoffBaseMs: 600_000 };
    const client = createUpstream({ directory: fixedOrigin(upstream.origin), apiVersion: "1.0", resilience });
    const work = client.statusReasons.list(createCaller().call, accountId, false);
    await expect(work).rejects.toMatchObject({ fault: "server-error", status: 503 });
    await client.close();
    await upstream.stop();
  });
});
