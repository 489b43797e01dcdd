import type { GraphQLResolveInfo } from "graphql";
import {
  Args,
  ArgsType,
  Ctx,
  Field,
  GraphQLISODateTime,
  ObjectType,
  Resolver,
  Subscription,
} from "type-graphql";

import type { StatusReasonsChange as StatusReasonsChangeEvent } from "../../live/index.js";
import { upstreamOperations } from "../../upstream/api/index.js";
import { AccountArgs } from "../shared.types.js";
import type { GatewayContext } from "../context.js";
import { RevisionScalar } from "../shared.types.js";
import { selectedFields } from "../selected-fields.js";
import { validateArguments } from "../validation/index.js";
import { StatusReason } from "./status-reason.type.js";

@ObjectType({ simpleResolvers: true, description: "What changed of an account's status reasons." })
export class StatusReasonsChange {
  @Field(() => [StatusReason], {
    description:
      "Reasons that are new, or of which something changed that the subscription selects, deletions as " +
      "`deleted: true`; in the first event all of them, the deleted ones too.",
  })
  readonly changed!: readonly StatusReason[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The collection's revision now; null where the upstream did not tell it.",
  })
  readonly revision!: string | null;

  @Field(() => GraphQLISODateTime, { description: "When the upstream said so." })
  readonly observedAt!: Date;

  @Field(() => Boolean, {
    description:
      "The upstream has not been heard of for more than three intervals; what is shown is the last known.",
  })
  readonly stale!: boolean;
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

/** TypeGraphQL hands over the arguments as they came. */
function follow(
  raw: StatusReasonsChangedArgs,
  { call, live, upstream }: GatewayContext,
  info: GraphQLResolveInfo,
) {
  // Before the arguments are looked at: strangers learn nothing of what would be wrong with them.
  upstream.checkCaller(call, upstreamOperations.listStatusReasons);
  const args = Object.assign(new StatusReasonsChangedArgs(), raw);
  validateArguments(args);
  const fields = selectedFields(info);
  return live.watchStatusReasons(call, args.accountId, {
    change: fields.get("StatusReasonsChange") ?? new Set(),
    reason: fields.get("StatusReason") ?? new Set(),
  });
}
