import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

const maxLong = 9_223_372_036_854_775_807n;

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
  if (typeof text === "string" && (text === "-1" || (/^\d{1,19}$/.test(text) && BigInt(text) <= maxLong))) {
    return text;
  }
  throw new GraphQLError("Revision must be a 64-bit decimal string.");
}
