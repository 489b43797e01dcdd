import { ValidateNested } from "class-validator";
import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, ID, Info, Int, ObjectType, Resolver, Subscription } from "type-graphql";

import { upstreamOperations } from "../../upstream/api/index.js";
import { AccountArgs, LiveChange } from "../shared.types.js";
import type { GatewayContext } from "../context.js";
import { selectedFields } from "../selected-fields.js";
import { HasItems, IsLongId, validateArguments } from "../validation/index.js";
import { maxItems } from "../limits/index.js";
import { LiveAgentFilter } from "./agent.args.js";
import { statusDemand } from "./agent.demand.js";
import { Agent } from "./agent.type.js";
import { preloadReasons, reasonPaths } from "./agent.reason.resolver.js";
import type { AgentsChange as AgentsChangeEvent } from "../../live/index.js";

@ObjectType({
  simpleResolvers: true,
  description: "The changes of an account's agents since the event before.",
})
export class AgentsChange extends LiveChange {
  @Field(() => [Agent], {
    description:
      "Agents who are new, or of whom a selected field changed; in the first event all agents who pass.",
  })
  readonly changed!: readonly Agent[];

  @Field(() => [ID], {
    description: "The ids of agents who passed in the event before, and do not any more.",
  })
  readonly leftIds!: readonly string[];

  @Field(() => Int, { description: "How many agents pass now." })
  readonly totalCount!: number;

  @Field(() => Boolean, { description: "The upstream shows at most 1000 agents, and there are more." })
  readonly truncated!: boolean;
}

@ArgsType()
export class AgentsChangedArgs extends AccountArgs {
  @Field(() => [ID], {
    nullable: true,
    description: `Only these agents, at most ${maxItems.agentIds}, in any state unless \`filter\` says which.`,
  })
  @HasItems(1, maxItems.agentIds)
  @IsLongId(true)
  readonly ids?: readonly string[] | null;

  @Field(() => LiveAgentFilter, {
    nullable: true,
    description: "Which agents; without it and `ids`, all who are logged in.",
  })
  @ValidateNested()
  readonly filter?: LiveAgentFilter | null;
}

/** The paths from the field to the reasons of its agents. */
const reasonsOfChange = reasonPaths("changed");

@Resolver()
export class AgentSubscriptionResolver {
  @Subscription(() => AgentsChange, {
    description:
      "Agents' live status. The first event is everybody who passes; each later one is who changed and who left.",
    subscribe: ({ args, context, info }) =>
      follow(args as AgentsChangedArgs, context as GatewayContext, info),
  })
  async agentsChanged(
    @Args() { accountId }: AgentsChangedArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AgentsChange> {
    const event = context.event as AgentsChangeEvent;
    if (event.reasons !== undefined) context.loaders.statusReasonLists.prime(accountId, event.reasons);
    await preloadReasons({ accountId, agents: event.changed, paths: reasonsOfChange }, context, info);
    return event;
  }
}

/** TypeGraphQL passes the raw arguments to `subscribe`. */
function follow(raw: AgentsChangedArgs, { call, live, upstream }: GatewayContext, info: GraphQLResolveInfo) {
  // First: the errors of arguments are for known callers only.
  upstream.checkCaller(call, upstreamOperations.viewAgents);
  const filter = raw.filter && Object.assign(new LiveAgentFilter(), raw.filter);
  const args = Object.assign(new AgentsChangedArgs(), raw, { filter });
  validateArguments(args);
  const { accountId, ids = null } = args;
  const fields = selectedFields(info);
  const of = (type: string): ReadonlySet<string> => fields.get(type) ?? new Set();
  return live.watchAgents(
    call,
    { accountId, ids, filter: filter ?? {} },
    {
      demand: statusDemand(info),
      change: of("AgentsChange"),
      agent: of("Agent"),
      status: of("AgentStatus"),
      group: of("AgentGroup"),
      skill: of("Skill"),
      reason: of("StatusReason"),
    },
  );
}
