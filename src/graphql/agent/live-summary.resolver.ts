import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";

import type { GatewayContext } from "../context.js";
import type { StatusReason } from "../status-reason/index.js";
import { LiveSummaryArgs } from "./agent.args.js";
import { countReasonIds, countReasons, summaryOf } from "./live-summary.js";
import { LiveSummary } from "./live-summary.type.js";
import type { ReasonCount } from "./live-summary.type.js";
import { liveViewDemand } from "./live-view.demand.js";

@Resolver()
export class LiveSummaryResolver {
  @Query(() => LiveSummary, {
    description:
      "Counts of an account's agents, from the upstream's live view. One upstream call, which `liveAgents` and " +
      "`StatusReason.agents` of the same operation share where they are about the same agents.",
  })
  async liveSummary(
    @Args() { accountId, filter }: LiveSummaryArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<LiveSummary> {
    const question = { accountId, filter: filter ?? {} };
    return summaryOf(
      accountId,
      await context.loaders.liveAgents.loadAll(question, liveViewDemand(info, context)),
    );
  }
}

/** Plain resolvers: `agentCount` runs for each reason of a list. */
export const countResolvers = {
  LiveSummary: {
    reasons: async (
      { accountId, agents }: LiveSummary,
      _args: unknown,
      { loaders: { statusReasons } }: GatewayContext,
    ): Promise<readonly ReasonCount[]> => {
      const counts = countReasonIds(agents);
      const ids = [...counts.keys()].filter((id) => id !== null);
      const reasons = await statusReasons.loadMany(accountId, ids);
      return countReasons(counts, new Map(ids.map((id, index) => [id, reasons[index] ?? null])));
    },
  },
  StatusReason: {
    agentCount: (
      { accountId, id }: StatusReason,
      _args: unknown,
      context: GatewayContext,
      info: GraphQLResolveInfo,
    ): Promise<number> =>
      context.loaders.liveAgents.countByReason(accountId, id, liveViewDemand(info, context)),
  },
};
