import { ValidateNested } from "class-validator";
import { ArgsType, Field } from "type-graphql";

import { AccountArgs } from "../shared.types.js";
import {
  ApplyStatusReasonsInput,
  DeleteStatusReasonsInput,
  UpdateStatusReasonsInput,
} from "./many-writes.input.js";
import { IfRevision } from "./status-reason.args.js";

@ArgsType()
export class UpdateStatusReasonsArgs extends AccountArgs {
  @Field(() => UpdateStatusReasonsInput, { description: "What to change." })
  @ValidateNested()
  readonly input!: UpdateStatusReasonsInput;
}

@ArgsType()
export class DeleteStatusReasonsArgs extends AccountArgs {
  @Field(() => DeleteStatusReasonsInput, { description: "What to delete." })
  @ValidateNested()
  readonly input!: DeleteStatusReasonsInput;
}

@ArgsType()
export class ApplyStatusReasonsArgs extends AccountArgs {
  @Field(() => ApplyStatusReasonsInput, { description: "The desired state." })
  @ValidateNested()
  readonly input!: ApplyStatusReasonsInput;

  @IfRevision()
  readonly ifRevision?: string | null;
}
