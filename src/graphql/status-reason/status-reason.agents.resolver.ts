import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";

import { AgentPageArgs } from "../agent/agent.args.js";
import { agentDemand } from "../agent/agent.demand.js";
import { AgentPage } from "../agent/agent.type.js";
import type { GatewayContext } from "../context.js";
import { StatusReason } from "./status-reason.type.js";

@Resolver(() => StatusReason)
export class StatusReasonAgentsResolver {
  @FieldResolver(() => AgentPage, {
    description:
      "Agents who give this reason right now. One upstream call for all the reasons of an account together.",
  })
  agents(
    @Root() { accountId, id }: StatusReason,
    @Args() { offset, limit }: AgentPageArgs,
    @Ctx() { loaders }: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AgentPage> {
    return loaders.liveAgents.loadByReason(accountId, id, { offset, limit }, agentDemand(info));
  }
}
