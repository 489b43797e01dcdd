import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { ValidateNested } from "class-validator";

import { sortedUsages } from "../../loaders/index.js";
import type { ReasonUsageRecord, ReasonUsages } from "../../loaders/index.js";
import type { GatewayContext } from "../context.js";
import { selectedFields } from "../selected-fields.js";
import { AccountArgs } from "../shared.types.js";
import { StatusReason } from "../status-reason/index.js";
import { TimeWindowArgs, windowOf, WindowFrom, WindowLast, WindowTo } from "../time-window/index.js";
import { LiveAgentFilter } from "./agent.args.js";
import { ReasonUsage, ReasonUsageReport } from "./reason-usage.type.js";

@ArgsType()
export class ReasonUsageArgs extends AccountArgs implements TimeWindowArgs {
  @WindowLast()
  readonly last?: number | null;

  @WindowFrom()
  readonly from?: Date | null;

  @WindowTo()
  readonly to?: Date | null;

  @Field(() => LiveAgentFilter, {
    nullable: true,
    description:
      "Which agents, by what they are now; if it names no states, also those who have logged out within the time.",
  })
  @ValidateNested()
  readonly filter?: LiveAgentFilter | null;
}

@Resolver()
export class ReasonUsageResolver {
  @Query(() => ReasonUsageReport, {
    description:
      "How many agents gave which reason, and for how long, within a time of at most 24 hours of the last 14 days; " +
      "without arguments the last 24 hours. One upstream call, and one for the reasons.",
  })
  async reasonUsage(
    @Args() args: ReasonUsageArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReasonUsageReport> {
    const { accountId, filter } = args;
    const window = windowOf(args, context.upstream.now());
    const found = await context.loaders.reasonUsages.load({ accountId, filter: filter ?? {}, window });
    const isSelected = selectedFields(info).get("ReasonUsageReport")?.has("usages") === true;
    const usages = isSelected ? await usagesWithReasons(accountId, found, context) : [];
    return { ...found, usages, seconds: found.milliseconds / 1000 };
  }
}

/** Looks the reasons up before they are counted: time for one that does not exist any more is time without a reason. */
async function usagesWithReasons(
  accountId: string,
  found: ReasonUsages,
  { loaders: { statusReasons } }: GatewayContext,
): Promise<readonly ReasonUsage[]> {
  const ids = [...found.byReason.keys()].filter((id) => id !== null);
  statusReasons.expectMany(accountId);
  const loaded = await statusReasons.loadMany(accountId, ids);
  const reasons = new Map(ids.map((id, index) => [id, loaded[index] ?? null]));
  return sortedUsages(found, (id) => reasons.get(id) != null).map((usage) =>
    usageOf(usage, usage.reasonId === null ? null : (reasons.get(usage.reasonId) ?? null)),
  );
}

function usageOf({ agents, milliseconds }: ReasonUsageRecord, reason: ReasonUsage["reason"]): ReasonUsage {
  return { reason, agentCount: agents.size, seconds: milliseconds / 1000 };
}

@Resolver(() => StatusReason)
export class StatusReasonUsageResolver {
  @FieldResolver(() => ReasonUsage, {
    nullable: true,
    description:
      "How many agents gave this reason, and for how long, as in `Query.reasonUsage`. One upstream call for all the " +
      "reasons of an account and each time together.",
  })
  async usage(
    @Root() reason: StatusReason,
    @Args() args: TimeWindowArgs,
    @Ctx() { loaders: { reasonUsages }, upstream }: GatewayContext,
  ): Promise<ReasonUsage> {
    const window = windowOf(args, upstream.now());
    return usageOf(await reasonUsages.loadByReason(reason.accountId, reason.id, window), reason);
  }
}
