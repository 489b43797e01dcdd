import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";

import { AgentPageArgs } from "./agent.args.js";
import { agentDemand } from "./agent.demand.js";
import { AgentPage } from "./agent.type.js";
import { lookUpReasons, reasonOfPage } from "./look-up-reasons.js";
import type { GatewayContext } from "../context.js";
import { StatusReason } from "../status-reason/index.js";

@Resolver(() => StatusReason)
export class StatusReasonAgentsResolver {
  @FieldResolver(() => AgentPage, {
    description:
      "Agents who give this reason right now. One upstream call for all the reasons of an account together.",
  })
  async agents(
    @Root() { accountId, id }: StatusReason,
    @Args() { offset, limit }: AgentPageArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AgentPage> {
    const { liveAgents } = context.loaders;
    const page = await liveAgents.loadByReason(accountId, id, { offset, limit }, agentDemand(info));
    await lookUpReasons(page.nodes, reasonOfPage, accountId, context, info);
    return page;
  }
}
