import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";

import type { GatewayContext } from "../context.js";
import { StatusReason } from "../status-reason/status-reason.type.js";
import { AgentStatus } from "./agent.type.js";

@Resolver(() => AgentStatus)
export class AgentStatusReasonResolver {
  @FieldResolver(() => StatusReason, {
    nullable: true,
    description:
      "Why the agent is in this state, also where that reason was deleted since; null: none is given, or the " +
      "one given does not exist any more.",
  })
  reason(
    @Root() { accountId, reasonId }: AgentStatus,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<StatusReason | null> | null {
    return reasonId === null ? null : loaders.statusReasons.load(accountId, reasonId);
  }
}
