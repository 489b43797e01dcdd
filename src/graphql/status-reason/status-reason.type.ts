import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

import { agentViewCap, maxReasonTextLength } from "../../upstream/api/index.js";
import { AgentState } from "../shared.types.js";
import { RevisionScalar } from "../shared.types.js";

@ObjectType({
  simpleResolvers: true,
  description: "A reason, such as Lunch, that an account's agents can choose for their state.",
})
@Directive('@key(fields: "accountId id")')
export class StatusReason {
  @Field(() => ID, { description: "The account that the reason belongs to." })
  readonly accountId!: string;

  @Field(() => ID, { description: "A 64-bit integer in decimal, chosen by the upstream." })
  readonly id!: string;

  @Field(() => String, {
    description: `The text that agents read, at most ${maxReasonTextLength} characters, unique in the account.`,
  })
  readonly text!: string;

  @Field(() => AgentState, { description: "The state that the reason is for; in practice AWAY." })
  readonly state!: AgentState;

  @Field(() => Boolean, { description: "Whether agents can choose the reason." })
  readonly enabled!: boolean;

  @Field(() => Boolean, {
    description: "Whether the reason was deleted; a deleted reason can still be read.",
  })
  readonly deleted!: boolean;

  @Field(() => Int, {
    description:
      `How many agents have this reason now, of the first ${agentViewCap} who are logged in. One upstream call for all ` +
      "the reasons of an account together, and their `agents`.",
  })
  readonly agentCount?: number;
}

@ObjectType({ simpleResolvers: true, description: "Status reasons of one account." })
export class StatusReasonCollection {
  @Field(() => [StatusReason], { description: "The reasons that match the filter, in the upstream's order." })
  readonly nodes!: readonly StatusReason[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The revision of the account's whole collection; null if the upstream did not return it.",
  })
  readonly revision!: string | null;

  @Field(() => Int, { description: "How many reasons match the filter." })
  readonly totalCount!: number;
}

@ObjectType({ simpleResolvers: true, description: "The result of a write of one reason." })
export class StatusReasonPayload {
  @Field(() => StatusReason, { description: "The reason after the write." })
  readonly statusReason!: StatusReason;

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The collection's revision after the write; null if the upstream did not return it.",
  })
  readonly revision!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "The result of a write of several reasons." })
export class StatusReasonsPayload {
  @Field(() => [StatusReason], { description: "The reasons after the write, in the order of the input." })
  readonly statusReasons!: readonly StatusReason[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The collection's revision after the write; null if the upstream did not return it.",
  })
  readonly revision!: string | null;
}
