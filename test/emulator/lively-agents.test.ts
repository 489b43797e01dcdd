import { startEmulator } from "../../src/emulator/emulator.js";
import { LivelyAgents } from "../../src/emulator/lively-agents.js";
import { emulatorAccountId, emulatorAgentIds } from "../../src/emulator/seed/seed.js";
import { EmulatorState } from "../../src/emulator/state.js";

const startedAt = Date.UTC(2026, 0, 15, 12);
const cases = new Set<string>(Object.values(emulatorAgentIds).flat());

/** The main account of an emulator's data, and the agents who move in it. */
function lively(seed = 1) {
  const clock = { now: startedAt };
  const state = new EmulatorState({ seed: 1, now: () => clock.now, onWrite: () => undefined });
  const account = () => state.account(emulatorAccountId);
  const agents = new LivelyAgents(account, seed);
  const move = (rounds: number): void => {
    for (let round = 0; round < rounds; round += 1) {
      clock.now += 1500;
      agents.move();
    }
  };
  const snapshot = () =>
    account()
      .agents.list()
      .map((agent) => ({ ...agent }));
  return { state, account, agents, move, snapshot };
}

describe("agents who move by themselves", () => {
  it("are a few of the account in each round", () => {
    const { move, snapshot } = lively();
    for (let round = 0; round < 50; round += 1) {
      const before = snapshot();
      move(1);
      const after = snapshot();
      const moved = after.filter((agent, index) => JSON.stringify(agent) !== JSON.stringify(before[index]));
      expect(moved.length).toBeLessThanOrEqual(4);
    }
  });

  it("leave those alone who stand for a case", () => {
    const { move, snapshot } = lively();
    const before = snapshot().filter(({ id }) => cases.has(id));
    move(2000);
    expect(snapshot().filter(({ id }) => cases.has(id))).toEqual(before);
  });

  it("make the same moves from the same seed, others from another, and the first ones again after a reset", () => {
    const [first, same, other] = [lively(), lively(), lively(2)];
    for (const { move } of [first, same, other]) move(100);
    const moved = first.snapshot();
    expect(same.snapshot()).toEqual(moved);
    expect(other.snapshot()).not.toEqual(moved);
    same.state.reset();
    same.agents.reset();
    same.move(100);
    const told = ({ status, reasonId, activeConversations }: (typeof moved)[number]) =>
      [status, reasonId, activeConversations].join();
    expect(same.snapshot().map(told)).toEqual(moved.map(told));
  });

  it("stay in states and reasons that the account has, and within their slots", () => {
    const { account, move, snapshot } = lively();
    move(5000);
    const reasons = account()
      .reasons.list()
      .filter(({ enabled }) => enabled);
    const ids = new Set(reasons.map(({ id }) => id.toString()));
    const shares = new Map<string, number>();
    for (const agent of snapshot().filter(({ id }) => !cases.has(id))) {
      shares.set(agent.status, (shares.get(agent.status) ?? 0) + 1);
      if (agent.reasonId !== undefined) expect(ids).toContain(agent.reasonId);
      if (agent.status === "OFFLINE") expect(agent.activeConversations).toBe(0);
      expect(agent.activeConversations).toBeGreaterThanOrEqual(0);
      expect(agent.assignedConversations).toBeLessThanOrEqual(agent.maxSlots);
    }
    for (const status of ["ONLINE", "AWAY", "BACK_SOON", "OCCUPIED", "OFFLINE"]) {
      expect([status, shares.get(status)]).toEqual([status, expect.any(Number)]);
    }
  });

  it("go for a reason that was created, and for none that was deleted", () => {
    const { account, move, snapshot } = lively();
    const { reasons } = account();
    for (const { id } of reasons.list().filter(({ state }) => state === "Away")) reasons.remove(id);
    const [created] = reasons.create([{ text: "Walk", state: "Away", enabled: true }]);
    move(5000);
    const given = snapshot().filter(({ id, status }) => status === "AWAY" && !cases.has(id));
    expect(new Set(given.map(({ reasonId }) => reasonId))).toEqual(
      new Set([created?.id.toString(), undefined]),
    );
  });

  it("move every 1 to 2 seconds until they are stopped", () => {
    jest.useFakeTimers();
    const { agents } = lively();
    const move = jest.spyOn(agents, "move");
    agents.start();
    jest.advanceTimersByTime(999);
    expect(move).not.toHaveBeenCalled();
    jest.advanceTimersByTime(59_001);
    expect(move.mock.calls.length).toBeGreaterThanOrEqual(29);
    expect(move.mock.calls.length).toBeLessThanOrEqual(60);
    agents.stop();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});

it.each([
  [{}, 0],
  [{ lively: true }, 1],
])("an emulator started with %j starts them, and stops them", async (options, started) => {
  const start = jest.spyOn(LivelyAgents.prototype, "start");
  const stop = jest.spyOn(LivelyAgents.prototype, "stop");
  const emulator = await startEmulator(options);
  expect(start).toHaveBeenCalledTimes(started);
  await emulator.stop();
  expect(stop).toHaveBeenCalledTimes(1);
});
