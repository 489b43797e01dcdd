import { emulatorAccountId, emulatorTokens } from "../../../../src/emulator/seed/seed.js";
import { CreateStatusReasonDocument, StatusReasonsDocument } from "../../../../src/generated/operations.js";
import { stopClocks } from "../../../support/deadlines.js";
import { dataOf, startTestGateway } from "../../../support/gateway.js";
import { sendJson } from "../../../support/scripted-upstream.js";
import { createCaller } from "../../../support/upstream-caller.js";
import { startUpstreamClient } from "../../../support/upstream-client.js";
import type { UpstreamClient } from "../../../support/upstream-client.js";
import { UpstreamLog } from "../../../support/upstream-log.js";

const accountId = emulatorAccountId;
const held = { match: { method: "GET" }, times: 1, latencyMs: 60_000 };

describe("identical queries at the same moment", () => {
  it("share one upstream call, and the next query makes its own", async () => {
    const observer = new UpstreamLog();
    const gateway = await startTestGateway({}, { observer });
    const list = () => gateway.run(StatusReasonsDocument, { accountId });
    gateway.emulator.faults.add(held);
    const answers = Promise.all(Array.from({ length: 200 }, list));
    await observer.until(({ shared }) => shared === 199);
    gateway.emulator.faults.clear();
    const texts = new Set((await answers).map((answer) => JSON.stringify(dataOf(answer))));
    expect(texts.size).toBe(1);
    expect(gateway.emulator.journal.count()).toBe(1);
    dataOf(await list());
    expect(gateway.emulator.journal.count()).toBe(2);
    await gateway.stop();
  });

  it("share nothing between two tokens", async () => {
    const observer = new UpstreamLog();
    const gateway = await startTestGateway({}, { observer });
    gateway.emulator.faults.add({ ...held, times: 2 });
    const answers = [emulatorTokens.admin, emulatorTokens.readOnly].map((token) =>
      gateway.run(StatusReasonsDocument, { accountId }, { token }),
    );
    await gateway.emulator.journal.whenReceived({}, 2);
    gateway.emulator.faults.clear();
    for (const answer of answers) dataOf(await answer);
    expect(observer.shared).toBe(0);
    await gateway.stop();
  });

  it("do not join what was under way before a write of this gateway", async () => {
    const gateway = await startTestGateway();
    const list = () => gateway.run(StatusReasonsDocument, { accountId });
    gateway.emulator.faults.add(held);
    const before = list();
    await gateway.emulator.journal.whenReceived({ method: "GET" });
    dataOf(await gateway.run(CreateStatusReasonDocument, { accountId, input: { text: "Brunch" } }));
    const after = dataOf(await list()).statusReasons.nodes.map(({ text }) => text);
    expect(after).toContain("Brunch");
    gateway.emulator.faults.clear();
    dataOf(await before);
    await gateway.stop();
  });
});

describe("a shared call", () => {
  let started: UpstreamClient;
  beforeEach(async () => {
    started = await startUpstreamClient();
  });
  afterEach(() => started.stop());

  /** Two callers of one call that is under way. */
  async function pair() {
    const [first, second] = [createCaller(), createCaller()];
    const answers = [first, second].map(({ call }) => started.api.list(call, accountId, false));
    await started.upstream.whenReceived(1);
    expect(started.log.shared).toBe(1);
    return { first, second, answers };
  }
  it.each(["first", "second"] as const)("goes on when the %s caller leaves", async (who) => {
    const both = await pair();
    both[who].leave();
    const [gone, stays] = who === "first" ? both.answers : [...both.answers].reverse();
    await expect(gone).rejects.toMatchObject({ fault: "cancelled" });
    started.answer(0);
    await expect(stays).resolves.toMatchObject({ value: [] });
    expect(started.upstream.exchanges).toHaveLength(1);
  });

  it("keeps each caller's own deadline", async () => {
    const { first, answers } = await pair();
    first.expire();
    await expect(answers[0]).rejects.toMatchObject({ fault: "timeout" });
    started.answer(0);
    await expect(answers[1]).resolves.toMatchObject({ value: [] });
  });

  it("is cancelled when the last caller leaves, and nobody joins it then", async () => {
    const { first, second, answers } = await pair();
    const closed = new Promise((resolve) => started.upstream.exchanges[0]?.response.once("close", resolve));
    first.leave();
    second.leave();
    for (const gone of answers) await expect(gone).rejects.toMatchObject({ fault: "cancelled" });
    const late = started.api.list(createCaller().call, accountId, false);
    await closed;
    await started.upstream.whenReceived(2);
    started.answer(1);
    await expect(late).resolves.toMatchObject({ value: [] });
  });

  it("is retried for all, and counts for the first", async () => {
    const { first, second, answers } = await pair();
    started.upstream.exchanges[0]?.response.writeHead(503).end();
    await started.upstream.whenReceived(2);
    started.answer(1);
    await Promise.all(answers);
    expect([first.call.stats.upstreamCalls, second.call.stats.upstreamCalls]).toEqual([2, 0]);
  });

  it("turns away at once only those whose deadline a 429 does not allow for", async () => {
    stopClocks();
    const [hasty, patient] = [createCaller("token", 1_000), createCaller("token", 3_600_000)];
    const answers = [hasty, patient].map(({ call }) => started.api.list(call, accountId, false));
    await started.upstream.whenReceived(1);
    started.upstream.exchanges[0]?.response.writeHead(429, { "retry-after": "60" }).end();
    await expect(answers[0]).rejects.toMatchObject({ fault: "rate-limited", retryAfterSeconds: 60 });
    patient.leave();
    await expect(answers[1]).rejects.toMatchObject({ fault: "cancelled" });
  });

  it("is not joined after a write that ran meanwhile", async () => {
    const reason = { text: "Brunch", state: "AWAY", enabled: true } as const;
    const write = started.api.create(createCaller("writer").call, accountId, reason);
    await started.upstream.whenReceived(1);
    const during = started.api.list(createCaller().call, accountId, false);
    await started.upstream.whenReceived(2);
    started.answer(0, (exchange) => {
      sendJson(exchange, { id: 1, ...reason, state: "Away", deleted: false });
    });
    await write;
    const after = started.api.list(createCaller().call, accountId, false);
    await started.upstream.whenReceived(3);
    started.answer(1);
    started.answer(2);
    await Promise.all([during, after]);
    expect(started.log.shared).toBe(0);
  });

  it("is not begun for a caller who has left already", async () => {
    const caller = createCaller();
    caller.leave();
    await expect(started.api.list(caller.call, accountId, false)).rejects.toMatchObject({
      fault: "cancelled",
    });
    expect(started.upstream.exchanges).toEqual([]);
  });
});
