import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";

import { agentViewCap } from "../../upstream/api/index.js";
import { AgentState, DateTimeISO } from "../shared.types.js";
import { StatusReason } from "../status-reason/index.js";

/** The key of types that other subgraphs resolve: the upstream has no lookup for them. */
const keyOfOthers = '@key(fields: "accountId id", resolvable: false)';

@ObjectType({ simpleResolvers: true, description: "A group of agents." })
@Directive(keyOfOthers)
export class AgentGroup {
  @Field(() => ID, { description: "The account that the group belongs to." })
  readonly accountId!: string;

  @Field(() => ID, { description: "The group's id; -1 is the account's main group." })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "The group's name." })
  @Directive("@shareable")
  readonly name!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A skill that conversations are routed by." })
@Directive(keyOfOthers)
export class Skill {
  @Field(() => ID, { description: "The account that the skill belongs to." })
  readonly accountId!: string;

  @Field(() => ID, { description: "The skill's id." })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "The skill's name." })
  @Directive("@shareable")
  readonly name!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "An agent's status now." })
export class AgentStatus {
  /** The account whose reason it is; not part of the schema. */
  readonly accountId!: string;

  /** The id that `reason` is looked up by; not part of the schema. */
  readonly reasonId!: string | null;

  @Field(() => AgentState, { description: "The state the agent is in." })
  readonly state!: AgentState;

  @Field(() => DateTimeISO, { nullable: true, description: "Since when the agent is in this state." })
  readonly since!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: "Since when the agent has this reason." })
  readonly reasonSince!: Date | null;

  @Field(() => DateTimeISO, {
    description:
      "When the gateway received the status from the upstream: what `stateSeconds` and `reasonSeconds` count up to.",
  })
  readonly observedAt?: Date;

  @Field(() => Float, {
    nullable: true,
    description: "How long the agent has been in this state, up to `observedAt`; null where `since` is.",
  })
  readonly stateSeconds?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "How long the agent has had this reason, up to `observedAt`; null where `reasonSince` is.",
  })
  readonly reasonSeconds?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "The share of the agent's capacity in use: 1 is all of it, and an overloaded agent exceeds 1.",
  })
  readonly load!: number | null;

  @Field(() => Int, { nullable: true, description: "Conversations that are active." })
  readonly activeConversations!: number | null;

  @Field(() => Int, { nullable: true, description: "Conversations assigned to the agent." })
  readonly assignedConversations!: number | null;

  @Field(() => Int, { nullable: true, description: "How many conversations the agent can take at most." })
  readonly maxSlots!: number | null;

  @Field(() => Int, { nullable: true, description: "How many more conversations the agent can take." })
  readonly availableSlots!: number | null;

  @Field(() => StatusReason, {
    nullable: true,
    description:
      "The reason for this state, even if it was deleted since; null if the agent has none, or one that does not " +
      "exist any more.",
  })
  readonly reason?: StatusReason | null;
}

@ObjectType({ simpleResolvers: true, description: "A person or a bot that takes conversations." })
@Directive('@key(fields: "accountId id")')
export class Agent {
  @Field(() => ID, { description: "The account the agent belongs to." })
  readonly accountId!: string;

  @Field(() => ID, { description: "A 64-bit integer in decimal, chosen by the upstream." })
  readonly id!: string;

  @Field(() => AgentStatus, {
    nullable: true,
    description:
      "null if the agent was not logged in within the last 24 hours, or does not exist: the upstream does not tell " +
      "the two apart.",
  })
  readonly status!: AgentStatus | null;

  @Field(() => String, { nullable: true, description: "The agent's full name." })
  readonly name!: string | null;

  @Field(() => String, { nullable: true, description: "The name that consumers see." })
  readonly nickname!: string | null;

  @Field(() => String, { nullable: true, description: "The name the agent logs in with." })
  readonly loginName!: string | null;

  @Field(() => String, { nullable: true, description: "The URL of the agent's picture." })
  readonly pictureUrl!: string | null;

  @Field(() => AgentGroup, { nullable: true, description: "The group the agent is in." })
  readonly group!: AgentGroup | null;

  @Field(() => [Skill], { description: "The agent's skills; empty if the agent is not in the live view." })
  readonly skills!: readonly Skill[];
}

@ObjectType({ simpleResolvers: true, description: "A page of agents." })
export class AgentPage {
  @Field(() => [Agent], {
    description: "The agents of the page, in the order asked for, or else in that of their ids.",
  })
  readonly nodes!: readonly Agent[];

  @Field(() => Int, { description: "How many agents match the filter." })
  readonly totalCount!: number;

  @Field(() => Boolean, {
    description: `Whether the list is incomplete: the upstream shows at most ${agentViewCap} agents.`,
  })
  readonly truncated!: boolean;
}
