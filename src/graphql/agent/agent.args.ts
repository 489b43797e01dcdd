import { ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";

import type { KnownAgentState } from "../../upstream/api/index.js";
import { agentViewCap } from "../../upstream/api/index.js";
import { AccountArgs, accountIdDescription } from "../shared.types.js";
import { AgentState } from "../shared.types.js";
import { defaultPageSize, maxItems } from "../limits/index.js";
import {
  HasItems,
  IsAccountId,
  IsIn64Bits,
  IsLongId,
  IsOneOf,
  IsPageLimit,
  IsPageOffset,
} from "../validation/index.js";

/** The states that the upstream can filter by. */
const viewStates = Object.values(AgentState).filter((state) => state !== AgentState.UNKNOWN);

@InputType({ description: "A filter of agents; fields that are left out do not filter." })
export class LiveAgentFilter {
  @Field(() => [AgentState], {
    nullable: true,
    description: "Only agents in one of these states; without it, all who are logged in. UNKNOWN is refused.",
  })
  @HasItems(1, maxItems.filterValues)
  @IsOneOf(viewStates, true)
  readonly states?: readonly KnownAgentState[] | null;

  @Field(() => [ID], { nullable: true, description: "Only agents with one of these reasons." })
  @HasItems(1, maxItems.filterValues)
  @IsLongId(true)
  readonly reasonIds?: readonly string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Only agents in one of these groups; -1 is the main group.",
  })
  @HasItems(1, maxItems.filterValues)
  @IsIn64Bits(true)
  readonly groupIds?: readonly string[] | null;

  @Field(() => [ID], { nullable: true, description: "Only agents with one of these skills." })
  @HasItems(1, maxItems.filterValues)
  @IsIn64Bits(true)
  readonly skillIds?: readonly string[] | null;
}

@ArgsType()
export class AgentArgs extends AccountArgs {
  @Field(() => ID, { description: "The agent's id." })
  @IsLongId()
  readonly id!: string;
}

@ArgsType()
export class AgentsArgs extends AccountArgs {
  @Field(() => [ID], { description: `The agents' ids, at most ${maxItems.agentIds}; an id may be repeated.` })
  @HasItems(0, maxItems.agentIds)
  @IsLongId(true)
  readonly ids!: readonly string[];
}

@ArgsType()
export class AgentPageArgs {
  @Field(() => Int, {
    defaultValue: 0,
    description: `How many agents to skip; \`offset + limit\` is at most ${agentViewCap}.`,
  })
  @IsPageOffset(agentViewCap)
  readonly offset!: number;

  @Field(() => Int, {
    defaultValue: defaultPageSize,
    description: `How many agents to return, 1 to ${agentViewCap}.`,
  })
  @IsPageLimit(agentViewCap)
  readonly limit!: number;
}

@ArgsType()
export class LiveAgentsArgs extends AgentPageArgs {
  @Field(() => ID, { description: accountIdDescription })
  @IsAccountId()
  readonly accountId!: string;

  @Field(() => LiveAgentFilter, {
    nullable: true,
    description: "Which agents; if left out, all who are logged in.",
  })
  @ValidateNested()
  readonly filter?: LiveAgentFilter | null;
}
