import { Args, Ctx, Query, Resolver } from "type-graphql";

import type { GatewayContext, ReferenceResolver } from "../context.js";
import { selectedFields } from "../selected-fields.js";
import { StatusReasonArgs, StatusReasonsArgs } from "./status-reason.args.js";
import type { StatusReasonFilter } from "./status-reason.input.js";
import { StatusReason, StatusReasonCollection } from "./status-reason.type.js";

@Resolver()
export class StatusReasonQueryResolver {
  @Query(() => StatusReasonCollection, { description: "An account's status reasons. One upstream call." })
  async statusReasons(
    @Args() { accountId, filter, includeDeleted }: StatusReasonsArgs,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<StatusReasonCollection> {
    const { value, revision } = await loaders.statusReasonLists.load(accountId, includeDeleted);
    const nodes = filter ? value.filter(matching(filter)) : value;
    return { nodes, revision, totalCount: nodes.length };
  }

  @Query(() => StatusReason, {
    nullable: true,
    description:
      "One status reason; null if there is none with this id, or it is deleted and `includeDeleted` is false. " +
      "The lookups of one request are batched.",
  })
  async statusReason(
    @Args() { accountId, id, includeDeleted }: StatusReasonArgs,
    @Ctx() { loaders }: GatewayContext,
  ): Promise<StatusReason | null> {
    const reason = await loaders.statusReasons.load(accountId, id);
    return reason === null || (reason.deleted && !includeDeleted) ? null : reason;
  }
}

function matching({ state, enabled, text }: StatusReasonFilter): (reason: StatusReason) => boolean {
  const part = text?.toLowerCase() ?? "";
  return (reason) =>
    reason.state === (state ?? reason.state) &&
    reason.enabled === (enabled ?? reason.enabled) &&
    reason.text.toLowerCase().includes(part);
}

/** The fields that need no lookup of the reason itself. */
const lookupFree = new Set(["accountId", "id", "agents", "agentCount", "usage", "__typename"]);

/** Resolves a reference from another subgraph, to a deleted reason too; null if there is none. */
export const resolveStatusReasonReference: ReferenceResolver = (key, { loaders }, info) => {
  const fields = selectedFields(info).get("StatusReason") ?? new Set();
  const needsLookup = [...fields].some((field) => !lookupFree.has(field));
  return needsLookup ? loaders.statusReasons.load(key.accountId, key.id) : key;
};
