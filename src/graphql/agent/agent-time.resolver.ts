import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";

import { agentViewCap } from "../../upstream/api/index.js";
import type { ViewWindow } from "../../upstream/api/index.js";
import type { GatewayContext } from "../context.js";
import { TimeWindowArgs, windowOf } from "../time-window/index.js";
import { timeDurations } from "./agent.demand.js";
import { preloadReasonsOfTime } from "./agent.reason.resolver.js";
import { AgentTime } from "./agent-time.type.js";
import { Agent } from "./agent.type.js";

/** A row of agents. */
interface TimedAgent {
  readonly accountId: string;
  readonly id: string;
  /** The last 24 hours, where the operation selects them; an Error where they could not be loaded. */
  readonly time?: AgentTime | Error | null;
}

type FoundTime = Promise<AgentTime | null> | AgentTime | Error | null;

/** Resolves `Agent.time`. The default window came with the agent; each other one is a batch beside it. */
function timeOfAgent(
  agent: TimedAgent,
  args: TimeWindowArgs,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): FoundTime {
  const window = windowOf(args, context.upstream.now());
  return window === undefined && agent.time !== undefined
    ? agent.time
    : loadTime(agent, window, context, info);
}

async function loadTime(
  agent: TimedAgent,
  window: ViewWindow | undefined,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<AgentTime | null> {
  const time = await context.loaders.agentTimes.load(agent, window, timeDurations(info));
  await preloadReasonsOfTime({ accountId: agent.accountId, time }, context, info);
  return time;
}

@Resolver(() => Agent)
export class AgentTimeResolver {
  @FieldResolver(() => AgentTime, {
    nullable: true,
    description:
      "How the agent spent a time of at most 24 hours within the last 14 days; without arguments the last 24 hours. " +
      "null if the agent was not logged in then, or does not exist. The last 24 hours come with the status; each " +
      `other window costs one upstream call for each ${agentViewCap} agents of the operation.`,
  })
  time(
    @Root() agent: TimedAgent,
    @Args() args: TimeWindowArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): FoundTime {
    return timeOfAgent(agent, args, context, info);
  }
}

/** Replaces TypeGraphQL's call of the method above: the field is resolved for each agent. */
export const agentTimeResolvers = { Agent: { time: timeOfAgent } };
