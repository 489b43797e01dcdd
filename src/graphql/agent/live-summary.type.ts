import { Field, Int, ObjectType } from "type-graphql";

import { agentViewCap } from "../../upstream/api/index.js";
import { AgentState, DateTimeISO } from "../shared.types.js";
import { StatusReason } from "../status-reason/index.js";
import { AgentGroup, Skill } from "./agent.type.js";
import type { Agent } from "./agent.type.js";

@ObjectType({ simpleResolvers: true, description: "How many agents are in a state." })
export class StateCount {
  @Field(() => AgentState, { description: "The state." })
  readonly state!: AgentState;

  @Field(() => Int, { description: "How many agents are in it." })
  readonly agentCount!: number;
}

@ObjectType({ simpleResolvers: true, description: "How many agents have a reason." })
export class ReasonCount {
  @Field(() => StatusReason, {
    nullable: true,
    description:
      "The reason, even if it was deleted since; null for agents without one, or with one that does not exist any more.",
  })
  readonly reason!: StatusReason | Error | null;

  @Field(() => Int, { description: "How many agents have it." })
  readonly agentCount!: number;
}

@ObjectType({ simpleResolvers: true, description: "How many agents are in a group." })
export class GroupCount {
  @Field(() => AgentGroup, {
    nullable: true,
    description: "The group; null for agents of whom it is unknown.",
  })
  readonly group!: AgentGroup | null;

  @Field(() => Int, { description: "How many agents are in it." })
  readonly agentCount!: number;
}

@ObjectType({ simpleResolvers: true, description: "How many agents have a skill." })
export class SkillCount {
  @Field(() => Skill, { description: "The skill." })
  readonly skill!: Skill;

  @Field(() => Int, { description: "How many agents have it; an agent can have several skills." })
  readonly agentCount!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Counts of agents, of what occurs: the most frequent first, and what is as frequent by its id, or in the order of " +
    `AgentState. The lists count at most ${agentViewCap} agents, the first by id.`,
})
export class LiveSummary {
  /** Not part of the schema: whose agents, and the agents that `reasons` counts. */
  readonly accountId!: string;
  readonly agents!: readonly Agent[];

  @Field(() => Int, { description: "How many agents match the filter." })
  readonly totalCount!: number;

  @Field(() => Boolean, {
    description: `Whether the lists are incomplete: the upstream shows at most ${agentViewCap} agents.`,
  })
  readonly truncated!: boolean;

  @Field(() => DateTimeISO, { description: "When the gateway received the data." })
  readonly observedAt!: Date;

  @Field(() => [StateCount], { description: "By state." })
  readonly states!: readonly StateCount[];

  @Field(() => [ReasonCount], {
    description: "By reason. One upstream call for the reasons of the operation.",
  })
  readonly reasons?: readonly ReasonCount[];

  @Field(() => [GroupCount], { description: "By group." })
  readonly groups!: readonly GroupCount[];

  @Field(() => [SkillCount], { description: "By skill." })
  readonly skills!: readonly SkillCount[];
}
