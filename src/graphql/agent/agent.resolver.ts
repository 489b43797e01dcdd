import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";

import { orderById } from "../../loaders/index.js";
import { agentViewCap } from "../../upstream/api/index.js";
import type { GatewayContext } from "../context.js";
import { StatusReason } from "../status-reason/index.js";
import { AgentArgs, AgentPageArgs, AgentsArgs, LiveAgentsArgs } from "./agent.args.js";
import { agentDemand } from "./agent.demand.js";
import { liveViewDemand } from "./live-view.demand.js";
import { Agent, AgentPage } from "./agent.type.js";
import { loadAgent, loadAgents } from "./load-agents.js";
import { preloadReasons, reasonsOfAgents, reasonsOfPage } from "./agent.reason.resolver.js";

@Resolver()
export class AgentQueryResolver {
  @Query(() => Agent, { description: "One agent. The lookups of one request are batched." })
  async agent(
    @Args() { accountId, id }: AgentArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Agent> {
    const agent = await loadAgent(context.loaders, agentDemand(info, context), accountId, id);
    await preloadReasons({ accountId, agents: [agent], paths: reasonsOfAgents }, context, info);
    return agent;
  }

  @Query(() => [Agent], {
    description: `Agents in the order of \`ids\`, repeats kept. One upstream call for each ${agentViewCap} different ids.`,
  })
  async agents(
    @Args() { accountId, ids }: AgentsArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Agent[]> {
    const agents = await loadAgents(context.loaders, agentDemand(info, context), accountId, ids);
    await preloadReasons({ accountId, agents, paths: reasonsOfAgents }, context, info);
    return agents;
  }

  @Query(() => AgentPage, {
    description: "An account's agents, from the upstream's live view. One upstream call.",
  })
  async liveAgents(
    @Args() { accountId, filter, orderBy, offset, limit }: LiveAgentsArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AgentPage> {
    const { liveAgents } = context.loaders;
    const question = { accountId, filter: filter ?? {}, order: orderBy ?? orderById };
    const page = await liveAgents.load(question, { offset, limit }, liveViewDemand(info, context));
    await preloadReasons({ accountId, agents: page.nodes, paths: reasonsOfPage }, context, info);
    return page;
  }
}

@Resolver(() => StatusReason)
export class StatusReasonAgentsResolver {
  @FieldResolver(() => AgentPage, {
    description:
      "Agents who have this reason now. One upstream call for all the reasons of an account together.",
  })
  async agents(
    @Root() { accountId, id }: StatusReason,
    @Args() { offset, limit }: AgentPageArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AgentPage> {
    const { liveAgents } = context.loaders;
    const page = await liveAgents.loadByReason(
      accountId,
      id,
      { offset, limit },
      liveViewDemand(info, context),
    );
    await preloadReasons({ accountId, agents: page.nodes, paths: reasonsOfPage }, context, info);
    return page;
  }
}
