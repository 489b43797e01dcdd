import { AgentState, agentMetrics } from "../../src/upstream/api/index.js";
import {
  emulatorAgentIds as agentIds,
  emulatorReasonIds as reasonIds,
} from "../../src/emulator/seed/seed.js";
import type { AgentsSelection } from "../../src/live/index.js";
import { agentView, endAll, eventOf, oneHourMs, statesOnly, useLive } from "../support/live.js";

const fixture = useLive();

const withReasonTexts: AgentsSelection = {
  ...statesOnly,
  demand: { metrics: new Set(agentMetrics), metadata: true },
  status: new Set(["state", "reason"]),
  reason: new Set(["id", "text"]),
};

describe("agents", () => {
  test("first come all who pass, then who changed and who left", async () => {
    const watch = fixture.followAgents();
    const first = await eventOf(watch);
    expect(first.totalCount).toBe(first.changed.length);
    expect(first.changed.map(({ id }) => id)).toContain(agentIds.online);
    expect(first.changed.map(({ id }) => id)).not.toContain(agentIds.offline);

    fixture.agents.setStatus(agentIds.online, "AWAY", reasonIds.lunch);
    const second = await eventOf(watch);
    expect(second.changed).toMatchObject([{ id: agentIds.online, status: { state: AgentState.AWAY } }]);
    expect(second).toMatchObject({ leftIds: [], totalCount: first.totalCount });

    fixture.agents.setStatus(agentIds.online, "OFFLINE");
    expect(await eventOf(watch)).toMatchObject({
      changed: [],
      leftIds: [agentIds.online],
      totalCount: first.totalCount - 1,
    });
    await watch.return?.();
  });

  test("time that passes is no event, and durations are counted up to the event", async () => {
    const status = new Set(["observedAt", "stateSeconds", "reasonSeconds"]);
    const demand = { metrics: new Set(["since", "reasonSince"] as const), metadata: false, observed: true };
    const watch = fixture.followAgents({ ids: [agentIds.online] }, { ...statesOnly, demand, status });
    await eventOf(watch);
    const next = eventOf(watch);
    await fixture.log.morePolls(5);
    fixture.agents.setStatus(agentIds.online, "AWAY", reasonIds.lunch);
    // Had one of the polls been an event, it would have come first.
    const { changed, observedAt } = await next;
    const seconds = (observedAt.getTime() - (changed[0]?.status?.since?.getTime() ?? 0)) / 1000;
    expect(changed).toMatchObject([
      { status: { observedAt, stateSeconds: Math.max(0, seconds), reasonSeconds: Math.max(0, seconds) } },
    ]);
    expect(seconds).toBeLessThan(60);
    await watch.return?.();
  });

  test("who has had a reason for long enough comes, without a change of anybody, and stays until it is given up", async () => {
    const ids = [agentIds.online, agentIds.atLunch];
    fixture.agents.setStatus(agentIds.atLunch, "AWAY", reasonIds.lunch);
    const filter = { minSecondsInReason: 1800 };
    const [watch, ofAll] = [fixture.followAgents({ ids, filter }), fixture.followAgents({ ids })];
    expect(await eventOf(watch)).toMatchObject({ changed: [], totalCount: 0 });
    await eventOf(ofAll);
    fixture.aheadMs = 1_700_000;
    await fixture.log.morePolls(3);
    const next = eventOf(watch);
    fixture.aheadMs = 1_900_000;
    expect(await next).toMatchObject({ changed: [{ id: agentIds.atLunch }], leftIds: [], totalCount: 1 });
    fixture.agents.setStatus(agentIds.atLunch, "ONLINE");
    expect(await eventOf(watch)).toMatchObject({ changed: [], leftIds: [agentIds.atLunch], totalCount: 0 });
    // For a watch without such a filter, time that passes was no event.
    expect((await eventOf(ofAll)).changed.map(({ id }) => id)).toEqual([agentIds.atLunch]);
    await endAll([watch, ofAll]);
  });

  test("asked for by id, an agent who logs out is OFFLINE", async () => {
    const watch = fixture.followAgents({ ids: [agentIds.online, agentIds.neverLoggedIn] });
    expect((await eventOf(watch)).changed).toMatchObject([{ id: agentIds.online }]);
    fixture.agents.setStatus(agentIds.online, "OFFLINE");
    expect((await eventOf(watch)).changed).toMatchObject([
      { id: agentIds.online, status: { state: AgentState.OFFLINE } },
    ]);
    await watch.return?.();
  });

  test("filters by reason are applied here, to one poll", async () => {
    fixture.live = fixture.createLive({ intervalMs: 1000 });
    const watches = [
      fixture.followAgents({ filter: { reasonIds: [reasonIds.lunch] } }),
      fixture.followAgents({ filter: { reasonIds: [reasonIds.coffeeBreak] } }),
    ];
    const [lunch, coffee] = await Promise.all(watches.map(eventOf));
    expect(fixture.emulator.journal.count(agentView)).toBe(1);
    expect(lunch?.changed.every(({ status }) => status?.reasonId === reasonIds.lunch)).toBe(true);
    expect(coffee?.totalCount).toBe(coffee?.changed.length);
    const coming = Promise.all(watches.map(eventOf));
    fixture.agents.setStatus(agentIds.atLunch, "AWAY", reasonIds.coffeeBreak);
    const [left, came] = await coming;
    expect(left).toMatchObject({ changed: [], leftIds: [agentIds.atLunch] });
    expect(came?.changed).toMatchObject([{ id: agentIds.atLunch }]);
    await endAll(watches);
  });

  test("who selects more is polled for more, and those who were there first notice nothing", async () => {
    const first = fixture.followAgents();
    await eventOf(first);
    const second = fixture.followAgents({}, withReasonTexts);
    const event = await eventOf(second);
    expect(event.changed.find(({ id }) => id === agentIds.atLunch)?.status?.reasonId).toBe(reasonIds.lunch);
    expect(fixture.log.pollers).toBe(2);
    const next = eventOf(first);
    fixture.agents.setStatus(agentIds.online, "AWAY");
    expect((await next).changed).toHaveLength(1);
    await endAll([first, second]);
  });

  test("who selects more while a poll for less is under way waits for one more poll, not for the interval", async () => {
    fixture.live = fixture.createLive({ intervalMs: oneHourMs });
    fixture.emulator.faults.add({ match: agentView, latencyMs: 60_000 });
    const first = fixture.followAgents();
    const firstEvent = eventOf(first);
    await fixture.emulator.journal.whenReceived(agentView);
    const second = fixture.followAgents({}, withReasonTexts);
    fixture.emulator.faults.clear();
    await firstEvent;
    await eventOf(second);
    expect(fixture.emulator.journal.count(agentView)).toBe(2);
    await endAll([first, second]);
  });

  test("a reason's new text is a change of the agents who give it", async () => {
    const watch = fixture.followAgents({ ids: [agentIds.atLunch, agentIds.online] }, withReasonTexts);
    expect((await eventOf(watch)).reasons?.value.length).toBeGreaterThan(0);
    const lunch = fixture.reasons.get(BigInt(reasonIds.lunch));
    fixture.reasons.update(lunch.id, { ...lunch, text: "Long lunch" });
    const event = await eventOf(watch);
    expect(event.changed.map(({ id }) => id)).toEqual([agentIds.atLunch]);
    await watch.return?.();
  });

  test("more ids than one view shows are asked for in several calls", async () => {
    fixture.live = fixture.createLive({ intervalMs: oneHourMs });
    const ids = Array.from({ length: 1500 }, (_, index) => String(index + 1));
    const watch = fixture.followAgents({ ids: [...ids, agentIds.online] });
    expect((await eventOf(watch)).changed).toMatchObject([{ id: agentIds.online }]);
    expect(fixture.emulator.journal.count(agentView)).toBe(2);
    await watch.return?.();
  });
});
