import { UpstreamError } from "../../src/upstream/http/upstream-error.js";
import { createCaller } from "../support/upstream-caller.js";
import {
  emulatorAccountId as accountId,
  emulatorAgentIds as agentIds,
  emulatorReasonIds as reasonIds,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";
import { TooManySubscriptionsError } from "../../src/live/index.js";
import { endAll, eventOf, everyReasonField, oneHourMs, reasonList, useLive } from "../support/live.js";

const fixture = useLive();

describe("reasons", () => {
  test("first come all, the deleted ones too, then what changed", async () => {
    const watch = fixture.followReasons();
    const first = await eventOf(watch);
    expect(first.changed.map(({ id }) => id)).toEqual(fixture.reasons.list(true).map(({ id }) => String(id)));
    expect(first).toMatchObject({ revision: fixture.reasons.revision.toString(), stale: false });

    const [created] = fixture.reasons.create([{ text: "Brunch", state: "Away", enabled: true }]);
    const second = await eventOf(watch);
    expect(second.changed).toMatchObject([{ id: String(created?.id), text: "Brunch", deleted: false }]);

    fixture.reasons.remove(BigInt(reasonIds.lunch));
    const third = await eventOf(watch);
    expect(third.changed).toMatchObject([{ id: reasonIds.lunch, deleted: true }]);
    expect(third.revision).toBe(fixture.reasons.revision.toString());
    await watch.return?.();
  });

  test("a change of what is not selected is no event", async () => {
    const watch = fixture.followReasons(emulatorTokens.admin, {
      change: new Set(["changed"]),
      reason: new Set(["id", "text"]),
    });
    await eventOf(watch);
    const next = eventOf(watch);
    const lunch = fixture.reasons.get(BigInt(reasonIds.lunch));
    fixture.reasons.update(lunch.id, { ...lunch, enabled: !lunch.enabled });
    await fixture.log.morePolls(3);
    fixture.reasons.update(lunch.id, { ...lunch, text: "Long lunch" });
    expect((await next).changed).toMatchObject([{ id: reasonIds.lunch, text: "Long lunch" }]);
    await watch.return?.();
  });

  test("one poll serves all who ask with the same token, whatever they select", async () => {
    fixture.live = fixture.createLive({ intervalMs: oneHourMs });
    const watches = [
      ...Array.from({ length: 10 }, () => fixture.followReasons()),
      fixture.followReasons(emulatorTokens.admin, { change: new Set(["revision"]), reason: new Set() }),
    ];
    const events = await Promise.all(watches.map(eventOf));
    expect(fixture.emulator.journal.count(reasonList)).toBe(1);
    expect(fixture.log.pollers).toBe(1);
    // The same object: whoever answers can do that once for all of them.
    expect(new Set(events.slice(0, 10)).size).toBe(1);
    await endAll(watches);
  });

  test("tokens share nothing, and a refused one ends its own watches only", async () => {
    const watch = fixture.followReasons();
    const refused = [
      fixture.followReasons(emulatorTokens.expired),
      fixture.followReasons(emulatorTokens.expired),
    ];
    const outcomes = await Promise.allSettled([watch.next(), ...refused.map((other) => other.next())]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    for (const other of refused) expect(await other.next()).toEqual({ done: true, value: undefined });
    expect(fixture.log.pollers).toBe(1);
    fixture.reasons.create([{ text: "Brunch", state: "Away", enabled: true }]);
    expect((await eventOf(watch)).changed).toHaveLength(1);
    await watch.return?.();
  });

  test("a token that is refused later ends its watches with the upstream's refusal", async () => {
    const watch = fixture.followReasons();
    await eventOf(watch);
    fixture.emulator.faults.add({ match: reasonList, status: 401 });
    await expect(watch.next()).rejects.toMatchObject({ fault: "unauthenticated" });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });

  test("nothing is polled for nobody", async () => {
    const watch = fixture.followReasons();
    await eventOf(watch);
    const pending = watch.next();
    await watch.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(fixture.log.pollers).toBe(0);
  });

  test("whoever has no bearer token is refused at once", () => {
    const call = { ...createCaller().call, authorization: undefined };
    expect(() => fixture.live.watchStatusReasons(call, accountId, everyReasonField)).toThrow(UpstreamError);
    expect(fixture.emulator.journal.count(reasonList)).toBe(0);
  });

  test.each([
    ["a service that responds 304", true, 200],
    ["a service that ignores If-Match", false, 200],
  ])("%s", async (_name, conditionalReads) => {
    fixture.emulator.state.edition.conditionalReads = conditionalReads;
    const watch = fixture.followReasons();
    await eventOf(watch);
    const next = eventOf(watch);
    await fixture.log.morePolls(15);
    expect(fixture.log.polls.slice(1)).not.toContain("changed");
    const statuses = new Set(fixture.emulator.journal.select(reasonList).map(({ status }) => status));
    expect(statuses.has(304)).toBe(conditionalReads);
    // One poll in twelve asks for the whole list all the same.
    expect(statuses.has(200)).toBe(true);
    fixture.reasons.create([{ text: "Brunch", state: "Away", enabled: true }]);
    expect((await next).changed).toHaveLength(1);
    await watch.return?.();
  });

  test("a service that refuses If-Match on a read is asked without it", async () => {
    const watch = fixture.followReasons();
    await eventOf(watch);
    fixture.emulator.faults.add({ match: reasonList, status: 412, times: 1 });
    fixture.reasons.create([{ text: "Brunch", state: "Away", enabled: true }]);
    expect((await eventOf(watch)).changed).toHaveLength(1);
    await watch.return?.();
  });

  test("a write makes its account's pollers look at once", async () => {
    fixture.live = fixture.createLive({ intervalMs: oneHourMs });
    const watch = fixture.followReasons();
    await eventOf(watch);
    fixture.reasons.create([{ text: "Brunch", state: "Away", enabled: true }]);
    fixture.live.statusReasonsWritten(accountId);
    expect((await eventOf(watch)).changed).toHaveLength(1);
    fixture.live.statusReasonsWritten("87654321");
    await watch.return?.();
  });

  test("an outage makes what is shown stale, and is caught up with", async () => {
    const selection = { ...everyReasonField, change: new Set(["changed", "stale"]) };
    const watch = fixture.followReasons(emulatorTokens.admin, selection);
    await eventOf(watch);
    fixture.emulator.faults.add({ match: reasonList, status: 503 });
    let event = await eventOf(watch);
    // Where the machine is slow, it may have been stale for a moment before.
    while (!event.stale) event = await eventOf(watch);
    expect(event).toMatchObject({ changed: [], stale: true });
    expect(fixture.log.stale).toBe(1);
    fixture.reasons.create([{ text: "Brunch", state: "Away", enabled: true }]);
    fixture.emulator.faults.clear();
    expect(await eventOf(watch)).toMatchObject({ changed: [{ text: "Brunch" }], stale: false });
    await watch.return?.();
  });

  test("who reads slowly gets the newest state, not what was in between", async () => {
    const watch = fixture.followReasons();
    await eventOf(watch);
    for (const text of ["First", "Second", "Third"]) {
      fixture.reasons.create([{ text, state: "Away", enabled: true }]);
      await fixture.log.morePolls(2);
    }
    expect((await eventOf(watch)).changed.map(({ text }) => text)).toEqual(["First", "Second", "Third"]);
    await watch.return?.();
  });

  test("the caps of a token and of the process", async () => {
    fixture.live = fixture.createLive({ maxSubscriptions: 3, maxPerToken: 2 });
    const watches = [fixture.followReasons(), fixture.followReasons()];
    expect(() => fixture.followReasons()).toThrow(TooManySubscriptionsError);
    watches.push(fixture.followReasons(emulatorTokens.readOnly));
    expect(() => fixture.followReasons(emulatorTokens.readOnly)).toThrow(TooManySubscriptionsError);
    await watches[0]?.return?.();
    watches.push(fixture.followReasons());
    await endAll(watches);
  });
});

describe("what snapshots take together", () => {
  test("is bounded: the watches of a question that has no room end, the others stay", async () => {
    const reasons = fixture.reasons.list(true).length;
    fixture.live = fixture.createLive({ maxRecords: reasons + 10 });
    const watch = fixture.followReasons();
    await eventOf(watch);
    const large = fixture.followAgents();
    await expect(large.next()).rejects.toThrow(TooManySubscriptionsError);
    const small = fixture.followAgents({ ids: [agentIds.online] });
    expect((await eventOf(small)).changed).toHaveLength(1);
    await endAll([watch, small]);
  });
});
