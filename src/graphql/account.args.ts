import { ArgsType, Field, ID } from "type-graphql";

import { IsAccountId } from "./validation/index.js";

export const accountIdDescription = "The account: 1 to 20 letters, digits or underscores.";

/** The arguments of whatever is about one account. */
@ArgsType()
export abstract class AccountArgs {
  @Field(() => ID, { description: accountIdDescription })
  @IsAccountId()
  readonly accountId!: string;
}
