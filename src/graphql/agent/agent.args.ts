import { ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";

import type { KnownAgentState } from "../../upstream/api/index.js";
import { agentViewCap } from "../../upstream/api/index.js";
import { AccountArgs, accountIdDescription } from "../shared.types.js";
import { AgentState } from "../shared.types.js";
import {
  HasItems,
  IsAccountId,
  IsIn64Bits,
  IsLongId,
  IsOneOf,
  IsPageLimit,
  IsPageOffset,
} from "../validation/index.js";

/** The most agents that one field takes. */
export const maxIds = 5000;

/** The most values that one filter takes. */
const maxFilterValues = 1000;

/** What the upstream can be asked for. */
const viewStates = Object.values(AgentState).filter((state) => state !== AgentState.UNKNOWN);

@InputType({ description: "Which agents to show; what is left out does not filter." })
export class LiveAgentFilter {
  @Field(() => [AgentState], {
    nullable: true,
    description: "Only agents in one of these states; without it whoever is logged in. UNKNOWN is refused.",
  })
  @HasItems(1, maxFilterValues)
  @IsOneOf(viewStates, true)
  readonly states?: readonly KnownAgentState[] | null;

  @Field(() => [ID], { nullable: true, description: "Only agents who give one of these reasons." })
  @HasItems(1, maxFilterValues)
  @IsLongId(true)
  readonly reasonIds?: readonly string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Only agents in one of these groups; -1 is the main group.",
  })
  @HasItems(1, maxFilterValues)
  @IsIn64Bits(true)
  readonly groupIds?: readonly string[] | null;

  @Field(() => [ID], { nullable: true, description: "Only agents with one of these skills." })
  @HasItems(1, maxFilterValues)
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
  @Field(() => [ID], { description: "The agents' ids, at most 5000; repeats are fine." })
  @HasItems(0, maxIds)
  @IsLongId(true)
  readonly ids!: readonly string[];
}

@ArgsType()
export class AgentPageArgs {
  @Field(() => Int, { defaultValue: 0, description: "How many agents to skip; with `limit` at most 1000." })
  @IsPageOffset(agentViewCap)
  readonly offset!: number;

  @Field(() => Int, { defaultValue: 50, description: "How many agents to show, 1 to 1000." })
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
    description: "Which agents; all who are logged in if left out.",
  })
  @ValidateNested()
  readonly filter?: LiveAgentFilter | null;
}
