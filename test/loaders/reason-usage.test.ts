import fc from "fast-check";

import { ReasonUsageLoader, sortedUsages } from "../../src/loaders/reason-usage.loader.js";
import { AgentState, unseenAgent } from "../../src/upstream/api/index.js";

const accountId = "1";
const reasonIds = ["9", "10", "725987312", "9223372036854775807", null];

/** The id of a reason that does not exist any more. */
const gone = "725987312";

const reasonTime = fc.record({
  accountId: fc.constant(accountId),
  state: fc.constantFrom(AgentState.AWAY, AgentState.BACK_SOON),
  reasonId: fc.constantFrom(...reasonIds),
  seconds: fc.integer({ min: 0, max: 90_000 }).map((ms) => ms / 1000),
});

const agents = fc.array(fc.option(fc.array(reasonTime, { maxLength: 6 })), { maxLength: 20 }).map((all) =>
  all.map((reasons, index) => ({
    ...unseenAgent(accountId, String(index + 1)),
    time: reasons && { loggedInSeconds: null, onlineSeconds: null, states: [], reasons },
  })),
);

describe("the use of reasons", () => {
  it("is what a sum for each reason says, whatever the agents did", async () => {
    await fc.assert(
      fc.asyncProperty(agents, fc.boolean(), async (nodes, truncated) => {
        const view = {
          nodes,
          totalCount: nodes.length,
          truncated,
          observedAtMs: 5,
          time: { from: 1000, to: 2000 },
        };
        const loader = new ReasonUsageLoader({ loadAll: () => Promise.resolve(view) });
        const found = await loader.load({ accountId, filter: {}, window: undefined });
        const usages = sortedUsages(found, (id) => id !== gone);

        const entries = nodes.flatMap((agent) =>
          (agent.time?.reasons ?? []).map(({ reasonId, seconds }) => ({ agent, reasonId, seconds })),
        );
        const msOf = (some: typeof entries) =>
          some.reduce((total, { seconds }) => total + Math.round(seconds * 1000), 0);
        const of = (some: typeof entries) => ({
          agents: new Set(some.map(({ agent }) => agent)),
          milliseconds: msOf(some),
        });
        const expected = reasonIds
          .filter((reasonId) => reasonId !== gone)
          .map((reasonId) => ({
            reasonId,
            of: entries.filter(
              (entry) => entry.reasonId === reasonId || (reasonId === null && entry.reasonId === gone),
            ),
          }))
          .filter((usage) => usage.of.length > 0)
          .map((usage) => ({ reasonId: usage.reasonId, ...of(usage.of) }))
          // Stable: those of the same time stay in the order of their ids.
          .sort((a, b) => b.milliseconds - a.milliseconds);
        expect(usages).toEqual(expected);
        const { agents: all, milliseconds } = of(entries);
        expect(found).toMatchObject({
          from: new Date(1000),
          to: new Date(2000),
          agentCount: all.size,
          milliseconds,
          truncated,
        });
        for (const reasonId of ["10", "5"]) {
          const own = entries.filter((entry) => entry.reasonId === reasonId);
          const usage = await loader.loadByReason(accountId, reasonId, undefined);
          expect(usage).toEqual({ reasonId, ...of(own) });
        }
      }),
    );
  });
});
