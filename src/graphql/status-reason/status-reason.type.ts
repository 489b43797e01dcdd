import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

import { AgentState } from "../shared.types.js";
import { RevisionScalar } from "../shared.types.js";

@ObjectType({
  simpleResolvers: true,
  description: "A reason, such as Lunch, that an account's agents can give for their state.",
})
@Directive('@key(fields: "accountId id")')
export class StatusReason {
  @Field(() => ID, { description: "The account it belongs to." })
  readonly accountId!: string;

  @Field(() => ID, { description: "A 64-bit integer in decimal, chosen by the upstream." })
  readonly id!: string;

  @Field(() => String, { description: "What agents read, at most 100 characters, unique in the account." })
  readonly text!: string;

  @Field(() => AgentState, { description: "The state it is a reason for; in practice AWAY." })
  readonly state!: AgentState;

  @Field(() => Boolean, { description: "Whether agents can choose it." })
  readonly enabled!: boolean;

  @Field(() => Boolean, { description: "Whether it was deleted; what is deleted stays readable." })
  readonly deleted!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "Status reasons of one account." })
export class StatusReasonCollection {
  @Field(() => [StatusReason], { description: "The reasons that pass the filter, in the upstream's order." })
  readonly nodes!: readonly StatusReason[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The revision of the account's whole collection; null where the upstream did not tell it.",
  })
  readonly revision!: string | null;

  @Field(() => Int, { description: "How many reasons pass the filter." })
  readonly totalCount!: number;
}

@ObjectType({ simpleResolvers: true, description: "What a write to one reason came to." })
export class StatusReasonPayload {
  @Field(() => StatusReason, { description: "The reason as it is after the write." })
  readonly statusReason!: StatusReason;

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The collection's revision after the write; null where the upstream did not tell it.",
  })
  readonly revision!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "What a write to several reasons came to." })
export class StatusReasonsPayload {
  @Field(() => [StatusReason], { description: "The reasons after the write, in the order given." })
  readonly statusReasons!: readonly StatusReason[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The collection's revision after the write; null where the upstream did not tell it.",
  })
  readonly revision!: string | null;
}
