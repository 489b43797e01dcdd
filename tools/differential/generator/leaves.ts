import fc from "fast-check";
import { isEnumType } from "graphql";
import type { GraphQLEnumType, GraphQLScalarType } from "graphql";

import {
  emulatorAccountId,
  emulatorAgentIds,
  emulatorEmptyAccountId,
  emulatorGroups,
  emulatorReasonIds,
  emulatorSecondAccountId,
  emulatorSkills,
} from "../../../src/emulator/seed/seed.js";
import { leaf } from "./model.js";
import type { Value } from "./model.js";

/** Where a leaf stands: ids of the right kind are of use only there. */
export interface Place {
  /** The argument's or the input field's name. */
  readonly name: string;
  /** The field that it is an argument of, such as `Query.agent`. */
  readonly field: string;
  /** Whether what nobody should send may stand there too. */
  readonly isOdd: boolean;
}

const agentIds: readonly string[] = Object.values(emulatorAgentIds).flat();
const reasonIds: readonly string[] = Object.values(emulatorReasonIds);
const noIds = ["x", "-1", "", "9223372036854775808", "1e3"];

/** Values for a place; the bad ones seldom, and only where the place is odd. */
function among(good: readonly string[], bad: readonly string[]): (isOdd: boolean) => fc.Arbitrary<string> {
  const usual = fc.constantFrom(...good);
  const all = fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
  return (isOdd) => (isOdd ? all : usual);
}

const accounts = among(
  [...Array.from({ length: 40 }, () => emulatorAccountId), emulatorEmptyAccountId],
  [emulatorSecondAccountId, "nobody", "no such!", ""],
);
const ids = {
  agent: among([...agentIds, "999"], noIds),
  reason: among([...reasonIds, "1"], noIds),
  group: among([...emulatorGroups.map(({ id }) => id), "5"], noIds),
  skill: among([...emulatorSkills.map(({ id }) => id), "5"], noIds),
};

const durations = among(["PT1M", "PT90S", "PT24H", "P1D", "PT8H"], ["PT0S", "P1M", "P2D", "x"]);

const hourMs = 3_600_000;

/** The time of both gateways and their emulator: the same for the same seed on any day. */
export const clockMs = Date.parse("2026-01-01T12:00:00Z");

/** Where windows begin and end, so that most of them are valid. */
const hoursAgo = { from: [3, 12, 20], to: [0.5, 1, 4] };

const words = fc.constantFrom(
  "",
  "n",
  "LUNCH",
  "break",
  " ",
  "zzz",
  "é",
  "研",
  '"',
  "\\",
  "#",
  "{",
  "\u2028",
);

/** The leaves of a scalar or an enum. */
export function leafOf(type: GraphQLScalarType | GraphQLEnumType, place: Place): fc.Arbitrary<Value> {
  if (isEnumType(type)) {
    const values = type.getValues().filter(({ name }) => place.isOdd || name !== "UNKNOWN");
    return fc.constantFrom(...values).map(({ name }) => leaf(name, JSON.stringify(name)));
  }
  switch (type.name) {
    case "ID":
      return fc.tuple(idAt(place), fc.boolean()).map(([id, isNumber]) => idLeaf(id, isNumber));
    case "Boolean":
      return fc.constantFrom("true", "false").map((text) => leaf(text));
    case "Int":
      return intAt(place).map((number) => leaf(String(number)));
    case "Float":
      return fc.constantFrom("0", "1", "0.5", "-1").map((text) => leaf(text));
    case "String":
      return fc.tuple(words, fc.boolean()).map(([text, isBlock]) => textLeaf(text, isBlock));
    case "Duration":
      return durations(place.isOdd).map((text) => textLeaf(text, false));
    case "DateTimeISO":
      return fc
        .constantFrom(...hoursAgo[place.name === "to" ? "to" : "from"])
        .map((hours) => textLeaf(new Date(clockMs - hours * hourMs).toISOString(), false));
    default:
      return fc.constantFrom("-1", "17890").map((text) => textLeaf(text, false));
  }
}

function idAt({ name, field, isOdd }: Place): fc.Arbitrary<string> {
  if (name === "accountId") return accounts(isOdd);
  if (/group/i.test(name)) return ids.group(isOdd);
  if (/skill/i.test(name)) return ids.skill(isOdd);
  return /reason/i.test(name) || !/agent/i.test(field) ? ids.reason(isOdd) : ids.agent(isOdd);
}

function idLeaf(id: string, isNumber: boolean): Value {
  return isNumber && /^-?(0|[1-9]\d*)$/.test(id) ? leaf(id) : textLeaf(id, false);
}

const usualInts: Readonly<Record<string, readonly number[]>> = {
  limit: [1, 2, 3, 50, 7],
  minSecondsInState: [0, 60, 1800],
  minSecondsInReason: [0, 60, 1800],
};

function intAt({ name, isOdd }: Place): fc.Arbitrary<number> {
  const few = fc.constantFrom(...(usualInts[name] ?? [0, 1, 2, 5]));
  const odd = fc.constantFrom(0, -1, 1000, 1001, 2_147_483_647);
  return isOdd ? fc.oneof({ weight: 8, arbitrary: few }, { weight: 1, arbitrary: odd }) : few;
}

/** @param isBlock whether a literal of it is a block string, where that says the same */
export function textLeaf(text: string, isBlock: boolean): Value {
  const json = JSON.stringify(text);
  const canBeBlock = /^[\wéü研#{][\wéü研#{ ]*$/.test(text);
  return leaf(isBlock && canBeBlock ? `"""${text}"""` : json, json);
}

/** JSON that fits hardly any variable. */
export const oddJson = fc
  .constantFrom(
    "1.5",
    '{"a":1}',
    "[[]]",
    "true",
    '"\\ud800"',
    "[null]",
    '"UNKNOWN"',
    "1e400",
    '{"text":5}',
    "0",
  )
  .map((json) => leaf("null", json));
