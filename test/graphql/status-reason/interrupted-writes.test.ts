import {
  emulatorAccountId as accountId,
  emulatorReasonIds,
  emulatorTokens,
} from "../../../src/emulator/seed/seed.js";
import { fingerprintOf } from "../../../src/server/write-audit.js";
import { holdDeadlines } from "../../support/deadlines.js";
import { dataOf, figureOf, untilFigure, useTestGateway } from "../../support/gateway.js";
import type { RequestOptions } from "../../support/gateway.js";
import { nextOf, sseClient } from "../../support/subscribers.js";
import type { Events } from "../../support/subscribers.js";

const { lunch, coffeeBreak, training, disabled } = emulatorReasonIds;
const three = [lunch, coffeeBreak, training];
const oneHourMs = 3_600_000;

interface Result {
  readonly outcome: string;
  readonly statusReason: { readonly text: string } | null;
  readonly error: Readonly<Record<string, unknown>> | null;
}

const updateThree = `mutation ($items: [UpdateStatusReasonItem!]!) {
  updateStatusReasons(accountId: "${accountId}", input: { items: $items }) {
    results { outcome statusReason { text } error { code message } } revision
  }
}`;

describe("writes of several reasons that are interrupted", () => {
  const gateway = useTestGateway({ LIVE_INTERVAL_MS: String(oneHourMs) });

  const change = (fields: object, options?: RequestOptions) =>
    gateway.query(updateThree, { items: three.map((id) => ({ id, ...fields })) }, options);
  const resultsOf = (response: Awaited<ReturnType<typeof change>>) =>
    (dataOf(response)["updateStatusReasons"] as { readonly results: readonly Result[] }).results;
  const outcomesOf = (response: Awaited<ReturnType<typeof change>>) =>
    resultsOf(response).map(({ outcome }) => outcome);
  const sent = () => gateway.emulator.journal.requests.map(({ method }) => method);
  const audited = () => gateway.log.lines().filter(({ msg }) => msg === "write");

  /** Holds the update of the second reason at the upstream until the faults are cleared. */
  async function whileSecondIsHeld(during: () => void): Promise<void> {
    gateway.emulator.faults.add({ match: { method: "PUT", path: coffeeBreak }, latencyMs: oneHourMs });
    await gateway.emulator.journal.whenReceived({ method: "PUT" }, 2);
    during();
    gateway.emulator.faults.clear();
  }

  it("by the deadline: one is unknown, what is left was not tried", async () => {
    const passDeadlines = holdDeadlines();
    gateway.emulator.faults.add({ match: { method: "PUT", path: coffeeBreak }, hang: true });
    const changed = change({ enabled: false });
    await gateway.emulator.journal.whenReceived({ method: "PUT" }, 2);
    passDeadlines();
    const results = resultsOf(await changed);
    expect(results).toMatchObject([
      { outcome: "DONE", error: null },
      { outcome: "UNKNOWN", statusReason: null, error: { code: "UPSTREAM_TIMEOUT" } },
      { outcome: "NOT_TRIED", statusReason: { text: "Training" }, error: null },
    ]);
    expect(results[1]?.error?.["message"]).toContain("Whether the change was made is unknown");
    expect(sent()).toEqual(["GET", "PUT", "PUT"]);
  });

  it("by a caller who leaves: nothing more is sent, and the log says what was", async () => {
    const before = audited().length;
    const notTried = 'status_reason_gateway_batch_items_total{batch="update",outcome="NOT_TRIED"}';
    const notTriedBefore = await figureOf(gateway.origin, notTried);
    const caller = new AbortController();
    gateway.emulator.faults.add({ match: { method: "PUT", path: coffeeBreak }, hang: true });
    const changed = change({ enabled: false }, { signal: caller.signal });
    await gateway.emulator.journal.whenReceived({ method: "PUT" }, 2);
    caller.abort();
    await expect(changed).rejects.toThrow();
    await untilFigure(gateway.origin, notTried, notTriedBefore + 1);
    expect(sent()).toEqual(["GET", "PUT", "PUT"]);
    expect(audited().slice(before)).toMatchObject([
      { ids: [lunch], outcome: "DONE" },
      { ids: [coffeeBreak], outcome: "UNKNOWN" },
    ]);
  });

  it("by somebody else's write to another field: both stay", async () => {
    const changed = change({ enabled: false });
    await whileSecondIsHeld(() => {
      const { reasons } = gateway.emulator.state.account(accountId);
      for (const id of [coffeeBreak, training].map(BigInt)) {
        reasons.update(id, { ...reasons.get(id), text: `Theirs ${id}` });
      }
    });
    expect(outcomesOf(await changed)).toEqual(["DONE", "DONE", "DONE"]);
    expect(sent()).toEqual(["GET", "PUT", "PUT", "GET", "PUT", "PUT"]);
    const { reasons } = gateway.emulator.state.account(accountId);
    expect(reasons.get(BigInt(training))).toMatchObject({ text: `Theirs ${training}`, enabled: false });
  });

  it("by somebody else's write to the same field: theirs stays, and the others are written", async () => {
    const changed = change({ state: "BACK_SOON" });
    await whileSecondIsHeld(() => {
      const { reasons } = gateway.emulator.state.account(accountId);
      reasons.update(BigInt(training), { ...reasons.get(BigInt(training)), state: "Online" });
    });
    const results = resultsOf(await changed);
    expect(results.map(({ outcome }) => outcome)).toEqual(["DONE", "DONE", "FAILED"]);
    expect(results[2]?.error).toMatchObject({ code: "CONFLICT" });
    expect(gateway.emulator.state.account(accountId).reasons.get(BigInt(training)).state).toBe("Online");
  });

  it("shows subscribers at once what was written, also of a batch that did not end well", async () => {
    const subscription = `subscription { statusReasonsChanged(accountId: "${accountId}") { changed { id enabled } } }`;
    const events = sseClient(gateway.url).iterate({ query: subscription }) as Events;
    expect(await nextOf(events)).toMatchObject({ data: { statusReasonsChanged: {} } });
    const next = nextOf(events);
    gateway.emulator.faults.add({ match: { method: "PUT", path: training }, status: 500 });
    expect(outcomesOf(await change({ enabled: false }))).toEqual(["DONE", "DONE", "UNKNOWN"]);
    expect(await next).toEqual({
      data: {
        statusReasonsChanged: {
          changed: expect.arrayContaining([
            { id: lunch, enabled: false },
            { id: coffeeBreak, enabled: false },
          ]) as unknown,
        },
      },
    });
    await events.return?.();
  });

  it("hides no result of another write, nor of its own where a read after it fails", async () => {
    gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 403 });
    const { data, errors } = await gateway.query(`mutation {
      unknown: deleteStatusReasons(accountId: "${accountId}", input: { ids: ["1"] }) { revision }
      written: updateStatusReasons(
        accountId: "${accountId}", input: { items: [{ id: "${lunch}", enabled: false }] }
      ) { results { outcome statusReason { id agents { totalCount } } } }
      single: deleteStatusReason(accountId: "${accountId}", id: "${training}") { statusReason { deleted } }
    }`);
    expect(data).toEqual({
      unknown: null,
      written: { results: [{ outcome: "DONE", statusReason: null }] },
      single: { statusReason: { deleted: true } },
    });
    expect(errors.map(({ path }) => path)).toEqual([
      ["unknown"],
      ["written", "results", 0, "statusReason", "agents"],
    ]);
  });

  it("has a line in the log for each single write too, and none for what was not sent", async () => {
    const before = audited().length;
    const { headers } = await gateway.query(`mutation {
      a: createStatusReason(accountId: "${accountId}", input: { text: "Tea" }) { revision }
      b: updateStatusReason(accountId: "${accountId}", id: "${disabled}", input: { enabled: false }) { revision }
      c: deleteStatusReason(accountId: "${accountId}", id: "${lunch}") { revision }
      d: deleteStatusReason(accountId: "${accountId}", id: "1") { revision }
      e: updateStatusReason(accountId: "${accountId}", id: "${training}", input: { text: "Tea" }) { revision }
      f: applyStatusReasons(accountId: "${accountId}", input: { reasons: [{ text: "Siesta" }], dryRun: true }) {
        revision
      }
    }`);
    const caller = fingerprintOf(`Bearer ${emulatorTokens.admin}`);
    const common = { caller, accountId, count: 1, requestId: headers.get("x-request-id") };
    expect(audited().slice(before)).toMatchObject([
      { ...common, upstreamOperation: "createStatusReason", outcome: "DONE" },
      { ...common, upstreamOperation: "updateStatusReason", ids: [disabled], outcome: "UNCHANGED" },
      { ...common, upstreamOperation: "deleteStatusReason", ids: [lunch], outcome: "DONE" },
      { ...common, upstreamOperation: "updateStatusReason", ids: [training], outcome: "FAILED" },
    ]);
    expect(caller).toMatch(/^[\da-f]{16}$/);
    expect(gateway.log.text()).not.toContain(emulatorTokens.admin);
  });
});
