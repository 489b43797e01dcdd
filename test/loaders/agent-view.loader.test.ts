import fc from "fast-check";

import { AgentViewLoader, wholeRange } from "../../src/loaders/agent-view.loader.js";
import type { ViewRequest } from "../../src/loaders/agent-view.loader.js";
import { agentViewCap, coversDemand, unseenAgent } from "../../src/upstream/api/index.js";
import type { AgentRecord, AgentView, AgentViewApi } from "../../src/upstream/api/index.js";
import { createCaller } from "../support/upstream-caller.js";

/** The plain way: a call for each view. */

const accounts = { few: 5, many: agentViewCap + 7 } as const;

function agentsOf(accountId: string): AgentRecord[] {
  const count = accounts[accountId as keyof typeof accounts];
  return Array.from({ length: count }, (_, index) => unseenAgent(accountId, String(index + 1)));
}

/** An upstream without a network, which tells what it was asked for. */
class FakeApi {
  readonly asked: ViewRequest[] = [];

  /** @param undecodable the position of a record that cannot be decoded; null if all can */
  constructor(private readonly undecodable: number | null) {}

  view(...[, accountId, filter, range, demand]: Parameters<AgentViewApi["view"]>): Promise<AgentView> {
    this.asked.push({ accountId, filter, range, demand });
    const all = agentsOf(accountId);
    const { offset, limit } = range;
    const shown = (range.descending === true ? all.toReversed() : all).slice(offset, offset + limit);
    const agents = shown.filter(({ id }) => id !== String(this.undecodable));
    const skipped = { count: shown.length - agents.length, errorOf: () => undefined };
    return Promise.resolve({
      agents,
      totalCount: all.length,
      skipped,
      observedAtMs: 0,
      time: { from: 0, to: 1 },
    });
  }
}

function loaderOf(api: FakeApi): AgentViewLoader {
  return new AgentViewLoader(api as unknown as AgentViewApi, createCaller("token").call);
}

const request: fc.Arbitrary<ViewRequest> = fc.record({
  accountId: fc.constantFrom("few", "many"),
  filter: fc.record({
    states: fc.constantFrom(["ONLINE", "AWAY"] as const, ["AWAY", "ONLINE"] as const, ["AWAY"] as const),
    groupIds: fc.constantFrom(null, undefined, ["1", "2"], ["2", "1", "2"]),
    window: fc.constantFrom(undefined, { lastMs: 86_400_000 }, { lastMs: 60_000 }),
  }),
  range: fc.oneof(
    fc.constant(wholeRange),
    fc.record({
      offset: fc.constantFrom(0, 1),
      limit: fc.constantFrom(2, 999, agentViewCap),
      descending: fc.boolean(),
    }),
  ),
  demand: fc.record({
    metrics: fc.subarray(["state", "load"] as const).map((metrics) => new Set(metrics)),
    metadata: fc.boolean(),
  }),
});

/** The same for requests that are about the same agents. */
function agentsIn({ accountId, filter: { states, groupIds, window } }: ViewRequest): string {
  const groups = groupIds && [...new Set(groupIds)].sort();
  return JSON.stringify([
    accountId,
    [...states].sort(),
    groups ?? null,
    window && "lastMs" in window ? window.lastMs : 86_400_000,
  ]);
}

function isWhole({ range }: ViewRequest): boolean {
  return range.offset === 0 && range.limit === agentViewCap && range.descending !== true;
}

function countOfViews(requests: readonly ViewRequest[]): number {
  const wholes = new Set(requests.filter(isWhole).map(agentsIn));
  const pages = requests.filter((one) => !wholes.has(agentsIn(one)));
  return wholes.size + new Set(pages.map((page) => JSON.stringify([agentsIn(page), page.range]))).size;
}

/** What a field sees of a view. */
function seen({ agents, totalCount }: AgentView): unknown {
  return { ids: agents.map(({ id }) => id), totalCount };
}

async function plainly(api: FakeApi, requests: readonly ViewRequest[]): Promise<unknown[]> {
  return Promise.all(requests.map(async (one) => seen(await loaderOf(api).load(one))));
}

const requests = fc.array(request, { minLength: 1, maxLength: 8 });

test("views of one tick are what each alone would be, for one call for the same agents", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (wanted) => {
      // The upstream refuses pages that end past its cap.
      const valid = wanted.filter(({ range }) => range.offset + range.limit <= agentViewCap);
      const api = new FakeApi(null);
      const loader = loaderOf(api);
      const views = await Promise.all(valid.map((one) => loader.load(one)));
      expect(views.map(seen)).toEqual(await plainly(new FakeApi(null), valid));
      // A page from the end of more agents than are shown cannot be cut from what is shown.
      const extra = valid.filter(
        (one) =>
          one.accountId === "many" &&
          one.range.descending === true &&
          valid.some((other) => isWhole(other) && agentsIn(other) === agentsIn(one)),
      );
      const cut = new Set(extra.map((page) => JSON.stringify([agentsIn(page), page.range])));
      expect(api.asked).toHaveLength(countOfViews(valid) + cut.size);
      for (const one of valid) {
        expect(
          api.asked.some((call) => agentsIn(call) === agentsIn(one) && coversDemand(call.demand, one.demand)),
        ).toBe(true);
      }
    }),
  );
});

test("views of later ticks and with records that cannot be decoded are what each alone would be", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(requests, { minLength: 2, maxLength: 3 }),
      fc.constantFrom(null, 1, 3),
      async (ticks, undecodable) => {
        const api = new FakeApi(undecodable);
        const loader = loaderOf(api);
        for (const wanted of ticks) {
          const valid = wanted.filter(({ range }) => range.offset + range.limit <= agentViewCap);
          const views = await Promise.all(valid.map((one) => loader.load(one)));
          expect(views.map(seen)).toEqual(await plainly(new FakeApi(undecodable), valid));
        }
        const before = api.asked.length;
        const all = ticks.flat().filter(({ range }) => range.offset + range.limit <= agentViewCap);
        await Promise.all(all.map((one) => loader.load(one)));
        const again = all.filter(isWhole);
        // Whole views are not asked for again, unless all of them together demand more than any call so far.
        expect(api.asked.length - before).toBeLessThanOrEqual(new Set(again.map(agentsIn)).size);
      },
    ),
  );
});
