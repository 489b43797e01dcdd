import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { ArgsType, Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from "type-graphql";

import { accountIdRule, isLong } from "../lib/index.js";
import { AgentState } from "../upstream/api/index.js";
import { IsAccountId } from "./validation/index.js";

/** What the subjects of the schema share: the states, the revision, and the account in their arguments. */
export { AgentState };

registerEnumType(AgentState, {
  name: "AgentState",
  description: "The state of an agent, or the state that a reason is for.",
  valuesConfig: {
    ONLINE: { description: "Takes conversations." },
    OCCUPIED: { description: "Logged in, at full capacity." },
    AWAY: { description: "Logged in, takes no conversations." },
    BACK_SOON: { description: "Logged in, away for a short time." },
    OFFLINE: { description: "Logged out. There are no reasons for this state." },
    UNKNOWN: {
      description: "The upstream sent a value that this schema does not know yet; never accepted as input.",
    },
  },
});

/** The library's scalar as to its values, with a specification. All dates of the schema have it. */
export const DateTimeISO = new GraphQLScalarType({
  ...GraphQLISODateTime.toConfig(),
  name: "DateTimeISO",
  description:
    "A date and time of RFC 3339, such as 2007-12-03T10:15:30.000Z. The gateway sends it at UTC with milliseconds; as " +
    "input it may have any offset.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
});

export const RevisionScalar = new GraphQLScalarType<string, string>({
  name: "Revision",
  description:
    "A 64-bit revision of an account's status-reason collection, as a decimal string. As input, `-1` stands for any revision.",
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

/** The arguments of a field that is about one account. */
@ArgsType()
export abstract class AccountArgs {
  @Field(() => ID, { description: `The account: ${accountIdRule}.` })
  @IsAccountId()
  readonly accountId!: string;
}

/** The fields that all events of subscriptions have. */
@ObjectType({ simpleResolvers: true })
export abstract class LiveChange {
  @Field(() => DateTimeISO, { description: "When the upstream sent the data." })
  readonly observedAt!: Date;

  @Field(() => Boolean, {
    description: "The upstream has not responded for more than three intervals; the data is the last known.",
  })
  readonly stale!: boolean;
}
