import { ValidateNested } from "class-validator";
import { Field, ID, InputType } from "type-graphql";

import { maxItems } from "../limits/index.js";
import { HasItems, IsLongId } from "../validation/index.js";
import { CreateStatusReasonInput, UpdateStatusReasonInput } from "./status-reason.input.js";
import { AllChangeSomething } from "./status-reason.rules.js";

@InputType({
  description: "Changes to one of several reasons; fields that are left out, or null, stay as they are.",
})
export class UpdateStatusReasonItem extends UpdateStatusReasonInput {
  @Field(() => ID, { description: "The reason's id." })
  @IsLongId()
  readonly id!: string;
}

@InputType({ description: "Changes to several reasons." })
export class UpdateStatusReasonsInput {
  @Field(() => [UpdateStatusReasonItem], {
    description: `1 to ${maxItems.batchWrites} changes, each of another reason of the account that is not deleted. No two texts may look alike.`,
  })
  @HasItems(1, maxItems.batchWrites)
  @ValidateNested({ each: true })
  @AllChangeSomething()
  readonly items!: readonly UpdateStatusReasonItem[];
}

@InputType({ description: "Several reasons to delete." })
export class DeleteStatusReasonsInput {
  @Field(() => [ID], {
    description: `1 to ${maxItems.batchWrites} different ids of reasons of the account. A reason that is deleted already is UNCHANGED.`,
  })
  @HasItems(1, maxItems.batchWrites)
  @IsLongId(true)
  readonly ids!: readonly string[];
}

@InputType({ description: "A reason as it is to be." })
export class DesiredStatusReasonInput extends CreateStatusReasonInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The reason that is to be like this; it is renamed if its text differs. Without an id: the reason that has the text, or a " +
      "new one.",
  })
  @IsLongId()
  readonly id?: string | null;
}

@InputType({ description: "What an account's reasons are to be." })
export class ApplyStatusReasonsInput {
  @Field(() => [DesiredStatusReasonInput], {
    description: `At most ${maxItems.batchWrites} reasons. No two texts may look alike.`,
  })
  @HasItems(0, maxItems.batchWrites)
  @ValidateNested({ each: true })
  readonly reasons!: readonly DesiredStatusReasonInput[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether the account's other reasons are deleted; otherwise they stay.",
  })
  readonly deleteOthers!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Confirms that all reasons are to be deleted: needed with `deleteOthers` and no `reasons`.",
  })
  readonly confirmDeleteAll!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether to plan only: nothing is written.",
  })
  readonly dryRun!: boolean;
}
