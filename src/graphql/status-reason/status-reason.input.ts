import { ValidateNested } from "class-validator";
import { Field, InputType } from "type-graphql";

import { AgentState } from "../shared.types.js";
import { HasItems, IsOneOf } from "../validation/index.js";
import { HasUniqueTexts, IsReasonText, IsSearchText, reasonStates } from "./status-reason.rules.js";
import type { ReasonState } from "./status-reason.rules.js";

/** The most reasons that one bulk create takes. */
const maxBulkSize = 100;

@InputType({ description: "Which reasons to list; what is left out does not filter." })
export class StatusReasonFilter {
  @Field(() => AgentState, { nullable: true, description: "Only reasons for this state." })
  @IsOneOf([...reasonStates, AgentState.OFFLINE])
  readonly state?: AgentState | null;

  @Field(() => Boolean, { nullable: true, description: "Only enabled, or only disabled, reasons." })
  readonly enabled?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "Only reasons whose text contains this, ignoring case.",
  })
  @IsSearchText()
  readonly text?: string | null;
}

@InputType({ description: "A reason to create." })
export class CreateStatusReasonInput {
  @Field(() => String, {
    description:
      "What agents will read: trimmed, 1 to 100 characters, no control characters, no `<` or `>`, unique in the account.",
  })
  @IsReasonText()
  readonly text!: string;

  @Field(() => AgentState, {
    defaultValue: AgentState.AWAY,
    description: "The state it is a reason for; neither OFFLINE nor UNKNOWN.",
  })
  @IsOneOf(reasonStates)
  readonly state!: ReasonState;

  @Field(() => Boolean, { defaultValue: true, description: "Whether agents can choose it." })
  readonly enabled!: boolean;
}

@InputType({ description: "Reasons to create in one go, all or none." })
export class CreateStatusReasonsInput {
  @Field(() => [CreateStatusReasonInput], { description: "1 to 100 reasons with different texts." })
  @HasItems(1, maxBulkSize)
  @HasUniqueTexts()
  @ValidateNested({ each: true })
  readonly items!: readonly CreateStatusReasonInput[];
}

@InputType({ description: "What to change of a reason; what is left out, or null, stays." })
export class UpdateStatusReasonInput {
  @Field(() => String, { nullable: true, description: "The new text, by the rules of a new reason." })
  @IsReasonText()
  readonly text?: string | null;

  @Field(() => AgentState, { nullable: true, description: "The new state; neither OFFLINE nor UNKNOWN." })
  @IsOneOf(reasonStates)
  readonly state?: ReasonState | null;

  @Field(() => Boolean, { nullable: true, description: "Whether agents can choose it from now on." })
  readonly enabled?: boolean | null;
}
