import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { ArgsType, Field, ID, registerEnumType } from "type-graphql";

import { isLong } from "../lib/index.js";
import { AgentState } from "../upstream/api/index.js";
import { IsAccountId } from "./validation/index.js";

/** What the subjects of the schema share: the states, the revision, and the account in their arguments. */
export { AgentState };

registerEnumType(AgentState, {
  name: "AgentState",
  description: "What an agent is, or what a reason is for.",
  valuesConfig: {
    ONLINE: { description: "Taking conversations." },
    OCCUPIED: { description: "Logged in and fully taken up." },
    AWAY: { description: "Logged in, not taking conversations." },
    BACK_SOON: { description: "Logged in, away for a short while." },
    OFFLINE: { description: "Logged out. No reason is for this state." },
    UNKNOWN: {
      description: "The upstream sent a value that this schema does not know yet; never accepted as input.",
    },
  },
});

export const RevisionScalar = new GraphQLScalarType<string, string>({
  name: "Revision",
  description:
    "A 64-bit revision of an account's status-reason collection, as a decimal string. As input, `-1` stands for whatever the revision is.",
  serialize: parse,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
});

function parse(value: unknown): string {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === "string" && (text === "-1" || (/^\d{1,19}$/.test(text) && isLong(text)))) {
    return text;
  }
  throw new GraphQLError("Revision must be a 64-bit decimal string.");
}

export const accountIdDescription = "The account: 1 to 20 letters, digits or underscores.";

/** The arguments of whatever is about one account. */
@ArgsType()
export abstract class AccountArgs {
  @Field(() => ID, { description: accountIdDescription })
  @IsAccountId()
  readonly accountId!: string;
}
