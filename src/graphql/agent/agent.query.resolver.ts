import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";

import type { GatewayContext } from "../context.js";
import { AgentArgs, AgentsArgs, LiveAgentsArgs } from "./agent.args.js";
import { agentDemand } from "./agent.demand.js";
import { Agent, AgentPage } from "./agent.type.js";
import { loadAgent } from "./load-agent.js";

@Resolver()
export class AgentQueryResolver {
  @Query(() => Agent, { description: "One agent. Look-ups of one request are batched." })
  agent(
    @Args() { accountId, id }: AgentArgs,
    @Ctx() { loaders }: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Agent> {
    return loadAgent(loaders, agentDemand(info), accountId, id);
  }

  @Query(() => [Agent], {
    description: "Agents in the order asked, repeats kept. One upstream call for each 1000 different ids.",
  })
  agents(
    @Args() { accountId, ids }: AgentsArgs,
    @Ctx() { loaders }: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Agent[]> {
    const demand = agentDemand(info);
    return Promise.all(ids.map((id) => loadAgent(loaders, demand, accountId, id)));
  }

  @Query(() => AgentPage, {
    description: "An account's agents as the live view shows them. One upstream call.",
  })
  liveAgents(
    @Args() { accountId, filter, offset, limit }: LiveAgentsArgs,
    @Ctx() { loaders }: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AgentPage> {
    return loaders.liveAgents.load(accountId, filter ?? {}, { offset, limit }, agentDemand(info));
  }
}
