import { Field, Float, ObjectType } from "type-graphql";

import { AgentState, DateTimeISO } from "../shared.types.js";
import { StatusReason } from "../status-reason/index.js";

@ObjectType({ simpleResolvers: true, description: "How long an agent was in a state." })
export class StateTime {
  @Field(() => AgentState, { description: "The state; never OFFLINE, of which the upstream counts no time." })
  readonly state!: AgentState;

  @Field(() => Float, { description: "How long, in seconds." })
  readonly seconds!: number;
}

@ObjectType({ simpleResolvers: true, description: "How long an agent was in a state for one reason." })
export class ReasonTime extends StateTime {
  /** The account whose reason it is; not part of the schema. */
  readonly accountId!: string;

  /** The id that `reason` is looked up by; not part of the schema. */
  readonly reasonId!: string | null;

  @Field(() => StatusReason, {
    nullable: true,
    description:
      "The reason, even if it was deleted since; null for time without one, or with one that does not exist any more.",
  })
  readonly reason?: StatusReason | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "How an agent spent a time, as the upstream counts it: fresh to one minute, and without bots.",
})
export class AgentTime {
  @Field(() => DateTimeISO, { description: "Where the time begins: a whole minute." })
  readonly from!: Date;

  @Field(() => DateTimeISO, {
    description: "Where the time ends: a whole minute, or when the upstream was asked.",
  })
  readonly to!: Date;

  @Field(() => Float, { nullable: true, description: "How long the agent was logged in, in seconds." })
  readonly loggedInSeconds!: number | null;

  @Field(() => Float, { nullable: true, description: "How long the agent was ONLINE, in seconds." })
  readonly onlineSeconds!: number | null;

  @Field(() => [StateTime], { description: "How long the agent was in which state, most time first." })
  readonly states!: readonly StateTime[];

  @Field(() => [ReasonTime], {
    description: "The time of `states` by reason, most time first; time without a reason is an entry too.",
  })
  readonly reasons!: readonly ReasonTime[];
}
