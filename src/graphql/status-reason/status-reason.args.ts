import { ValidateNested } from "class-validator";
import { ArgsType, Field, ID } from "type-graphql";

import { AccountArgs } from "../shared.types.js";
import { RevisionScalar } from "../shared.types.js";
import { IsLongId } from "../validation/index.js";
import {
  CreateStatusReasonInput,
  CreateStatusReasonsInput,
  StatusReasonFilter,
  UpdateStatusReasonInput,
} from "./status-reason.input.js";
import { ChangesSomething } from "./status-reason.rules.js";

@ArgsType()
abstract class OneReasonArgs extends AccountArgs {
  @Field(() => ID, { description: "The reason's id." })
  @IsLongId()
  readonly id!: string;
}

@ArgsType()
export class StatusReasonsArgs extends AccountArgs {
  @Field(() => StatusReasonFilter, { nullable: true, description: "Which reasons; all if left out." })
  @ValidateNested()
  readonly filter?: StatusReasonFilter | null;

  @Field(() => Boolean, { defaultValue: false, description: "Whether to list deleted reasons too." })
  readonly includeDeleted!: boolean;
}

@ArgsType()
export class StatusReasonArgs extends OneReasonArgs {
  @Field(() => Boolean, { defaultValue: false, description: "Whether to return a deleted reason." })
  readonly includeDeleted!: boolean;
}

@ArgsType()
export class CreateStatusReasonArgs extends AccountArgs {
  @Field(() => CreateStatusReasonInput, { description: "The reason to create." })
  @ValidateNested()
  readonly input!: CreateStatusReasonInput;
}

@ArgsType()
export class CreateStatusReasonsArgs extends AccountArgs {
  @Field(() => CreateStatusReasonsInput, { description: "The reasons to create." })
  @ValidateNested()
  readonly input!: CreateStatusReasonsInput;
}

/** A decorator, not a parent class, whose arguments would come before a class's own in the schema. */
export function IfRevision(): PropertyDecorator {
  const description =
    "The revision that the collection must have for the write to happen; otherwise it is a CONFLICT.";
  return Field(() => RevisionScalar, { nullable: true, description });
}

@ArgsType()
export class UpdateStatusReasonArgs extends OneReasonArgs {
  @Field(() => UpdateStatusReasonInput, { description: "What to change." })
  @ValidateNested()
  @ChangesSomething()
  readonly input!: UpdateStatusReasonInput;

  @IfRevision()
  readonly ifRevision?: string | null;
}

@ArgsType()
export class DeleteStatusReasonArgs extends OneReasonArgs {
  @IfRevision()
  readonly ifRevision?: string | null;
}
