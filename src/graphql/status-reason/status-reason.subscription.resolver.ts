import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, ObjectType, Resolver, Subscription } from "type-graphql";

import type { StatusReasonsChange as StatusReasonsChangeEvent } from "../../live/index.js";
import { upstreamOperations } from "../../upstream/api/index.js";
import { AccountArgs, LiveChange, RevisionScalar } from "../shared.types.js";
import type { GatewayContext } from "../context.js";
import { selectedFields } from "../selected-fields.js";
import { validateArguments } from "../validation/index.js";
import { StatusReason } from "./status-reason.type.js";

@ObjectType({
  simpleResolvers: true,
  description: "The changes of an account's status reasons since the event before.",
})
export class StatusReasonsChange extends LiveChange {
  @Field(() => [StatusReason], {
    description:
      "Reasons that are new, or of which a selected field changed, deletions as `deleted: true`; in the first event " +
      "all reasons, including the deleted ones.",
  })
  readonly changed!: readonly StatusReason[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The collection's revision now; null where the upstream did not tell it.",
  })
  readonly revision!: string | null;
}

@ArgsType()
export class StatusReasonsChangedArgs extends AccountArgs {}

@Resolver()
export class StatusReasonSubscriptionResolver {
  @Subscription(() => StatusReasonsChange, {
    description:
      "An account's reasons. The first event is all of them; each later one is what changed, deletions as " +
      "`deleted: true`.",
    subscribe: ({ args, context, info }) =>
      follow(args as StatusReasonsChangedArgs, context as GatewayContext, info),
  })
  statusReasonsChanged(
    @Args() { accountId }: StatusReasonsChangedArgs,
    @Ctx() { event, loaders }: GatewayContext,
  ): StatusReasonsChange {
    const change = event as StatusReasonsChangeEvent;
    loaders.statusReasonLists.prime(accountId, change.list);
    return change;
  }
}

/** TypeGraphQL passes the raw arguments to `subscribe`. */
function follow(
  raw: StatusReasonsChangedArgs,
  { call, live, upstream }: GatewayContext,
  info: GraphQLResolveInfo,
) {
  // First: the errors of arguments are for known callers only.
  upstream.checkCaller(call, upstreamOperations.listStatusReasons);
  const args = Object.assign(new StatusReasonsChangedArgs(), raw);
  validateArguments(args);
  const fields = selectedFields(info);
  return live.watchStatusReasons(call, args.accountId, {
    change: fields.get("StatusReasonsChange") ?? new Set(),
    reason: fields.get("StatusReason") ?? new Set(),
  });
}
