import { ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, Int, registerEnumType } from "type-graphql";

import { LiveAgentOrderField, SortDirection } from "../../loaders/index.js";
import type { KnownAgentState } from "../../upstream/api/index.js";
import { agentViewCap } from "../../upstream/api/index.js";
import { AccountArgs, AgentState } from "../shared.types.js";
import { defaultPageSize, maxItems } from "../limits/index.js";
import {
  HasItems,
  IsIn64Bits,
  IsLongId,
  IsOneOf,
  IsPageLimit,
  IsPageOffset,
  IsSeconds,
  all,
} from "../validation/index.js";

/** The states that the upstream can filter by. */
const viewStates = Object.values(AgentState).filter((state) => state !== AgentState.UNKNOWN);

registerEnumType(LiveAgentOrderField, {
  name: "LiveAgentOrderField",
  description: "What agents can be sorted by.",
  valuesConfig: {
    ID: {
      description:
        "The id, in the upstream's order. The upstream sorts and pages by it, unless a filter is applied by the gateway.",
    },
    NAME: {
      description:
        "The name, in alphabetical order. Accents and case matter only between names that are otherwise equal.",
    },
    STATE: { description: "The state, in the order of AgentState." },
    LOAD: { description: "The load." },
    STATE_TIME: { description: "The time in the state: ascending, the shortest is first." },
    REASON_TIME: {
      description:
        "The time with the reason: ascending, the shortest is first. Agents without a reason are last.",
    },
  },
});

registerEnumType(SortDirection, {
  name: "SortDirection",
  description: "The direction of an order.",
  valuesConfig: {
    ASC: { description: "The least first." },
    DESC: { description: "The greatest first." },
  },
});

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

  @Field(() => Int, {
    nullable: true,
    description:
      "Only agents who have been in their state for this many seconds or more. Agents of whom that is unknown do not pass.",
  })
  @IsSeconds()
  readonly minSecondsInState?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Only agents who have had their reason for this many seconds or more. Agents without a reason do not pass.",
  })
  @IsSeconds()
  readonly minSecondsInReason?: number | null;
}

@InputType({ description: "An order of agents. Agents that are equal in it are in the order of their ids." })
export class LiveAgentOrder {
  @Field(() => LiveAgentOrderField, { description: "What to sort by." })
  readonly by!: LiveAgentOrderField;

  @Field(() => SortDirection, {
    defaultValue: SortDirection.ASC,
    description:
      "Whether to begin with the least or the greatest. Agents whose value is unknown are last in both.",
  })
  readonly direction!: SortDirection;
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

// Decorators for the arguments of a page: arguments of a parent class would come before a class's own in the schema.

function PageOffset(): PropertyDecorator {
  const description = `How many agents to skip; \`offset + limit\` is at most ${agentViewCap}.`;
  const field = Field(() => Int, { defaultValue: 0, description });
  return all(field, IsPageOffset(agentViewCap));
}

function PageLimit(): PropertyDecorator {
  const description = `How many agents to return, 1 to ${agentViewCap}.`;
  const field = Field(() => Int, { defaultValue: defaultPageSize, description });
  return all(field, IsPageLimit(agentViewCap));
}

@ArgsType()
export class AgentPageArgs {
  @PageOffset()
  readonly offset!: number;

  @PageLimit()
  readonly limit!: number;
}

@ArgsType()
export class LiveAgentsArgs extends AccountArgs {
  @Field(() => LiveAgentFilter, {
    nullable: true,
    description: "Which agents; if left out, all who are logged in.",
  })
  @ValidateNested()
  readonly filter?: LiveAgentFilter | null;

  @Field(() => LiveAgentOrder, {
    nullable: true,
    description:
      `The order of the agents; if left out, that of their ids. Where there are more than ${agentViewCap} agents, the first ` +
      `${agentViewCap} by id are sorted, unless all are sorted by id.`,
  })
  @ValidateNested()
  readonly orderBy?: LiveAgentOrder | null;

  @PageOffset()
  readonly offset!: number;

  @PageLimit()
  readonly limit!: number;
}

@ArgsType()
export class LiveSummaryArgs extends AccountArgs {
  @Field(() => LiveAgentFilter, {
    nullable: true,
    description: "Which agents to count; if left out, all who are logged in.",
  })
  @ValidateNested()
  readonly filter?: LiveAgentFilter | null;
}
