import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

/** Digits are bounded, so that every duration is an exact number of milliseconds. */
const pattern =
  /^P(?=\d|T\d)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:[.,]\d{1,3})?)S)?)?$/;

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const unitsMs = [7 * dayMs, dayMs, hourMs, minuteMs, secondMs];

/**
 * A duration in milliseconds; NaN for a string that is none. The scalar does not refuse it, because the rules of the
 * arguments do, with the path of the argument.
 */
export const DurationScalar = new GraphQLScalarType<number, string>({
  name: "Duration",
  description:
    "ISO 8601, of weeks, days, hours, minutes and seconds: PT30M, P1DT12H. Years and months, which have no fixed length, are refused.",
  specifiedByURL: "https://en.wikipedia.org/wiki/ISO_8601#Durations",
  serialize: (value) => `PT${Number(value) / secondMs}S`,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});

function parse(value: unknown): number {
  if (typeof value === "string") return parseDuration(value);
  throw new GraphQLError("Duration must be a string, such as PT30M.");
}

/** @returns milliseconds; NaN for a text that is no duration of weeks, days, hours, minutes and seconds */
export function parseDuration(text: string): number {
  const amounts = pattern.exec(text)?.slice(1);
  if (amounts === undefined) return NaN;
  return amounts.reduce(
    (sum, amount: string | undefined, unit) =>
      sum + Math.round(Number(amount?.replace(",", ".") ?? 0) * (unitsMs[unit] ?? 0)),
    0,
  );
}
