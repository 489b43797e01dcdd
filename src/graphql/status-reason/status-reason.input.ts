import { ValidateNested } from "class-validator";
import { Field, InputType } from "type-graphql";

import { maxReasonTextLength } from "../../upstream/api/index.js";
import { AgentState } from "../shared.types.js";
import { maxItems } from "../limits/index.js";
import { HasItems, IsOneOf } from "../validation/index.js";
import { HasUniqueTexts, IsReasonText, IsSearchText, reasonStates } from "./status-reason.rules.js";
import type { ReasonState } from "./status-reason.rules.js";

@InputType({ description: "A filter of reasons; fields that are left out do not filter." })
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
    description: `The text that agents read: trimmed, 1 to ${maxReasonTextLength} characters, no control characters, no \`<\` or \`>\`, unique in the account.`,
  })
  @IsReasonText()
  readonly text!: string;

  @Field(() => AgentState, {
    defaultValue: AgentState.AWAY,
    description: "The state that the reason is for; neither OFFLINE nor UNKNOWN.",
  })
  @IsOneOf(reasonStates)
  readonly state!: ReasonState;

  @Field(() => Boolean, { defaultValue: true, description: "Whether agents can choose the reason." })
  readonly enabled!: boolean;
}

@InputType({ description: "Reasons to create in one upstream call, all or none." })
export class CreateStatusReasonsInput {
  @Field(() => [CreateStatusReasonInput], {
    description: `1 to ${maxItems.newReasons} reasons with different texts.`,
  })
  @HasItems(1, maxItems.newReasons)
  @HasUniqueTexts()
  @ValidateNested({ each: true })
  readonly items!: readonly CreateStatusReasonInput[];
}

@InputType({ description: "Changes to a reason; fields that are left out, or null, stay as they are." })
export class UpdateStatusReasonInput {
  @Field(() => String, {
    nullable: true,
    description: "The new text, by the same rules as for a new reason.",
  })
  @IsReasonText()
  readonly text?: string | null;

  @Field(() => AgentState, { nullable: true, description: "The new state; neither OFFLINE nor UNKNOWN." })
  @IsOneOf(reasonStates)
  readonly state?: ReasonState | null;

  @Field(() => Boolean, { nullable: true, description: "Whether agents can choose the reason from now on." })
  readonly enabled?: boolean | null;
}
