import fc from "fast-check";
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLNonNull,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { GraphQLArgument, GraphQLInputField, GraphQLInputType } from "graphql";

import { leafOf, oddJson, textLeaf } from "./leaves.js";
import type { Place } from "./leaves.js";
import { leaf } from "./model.js";
import type { Value, Variable } from "./model.js";

const nothing = leaf("null");

/** Some are names of members of every object, some are shared by all that has the same type and value. */
const variableNames = fc.constantFrom(
  ...["a", "b", "id", "ids", "filter", "text"],
  ...["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf", "isPrototypeOf"],
);

/** They exclude each other with other arguments, or are refused without them. */
const rareMembers: ReadonlySet<string> = new Set(["from", "to", "after"]);

/** The arguments of a field, or the fields of an input object: those that are required, and some others. */
export function membersOf(
  members: readonly (GraphQLArgument | GraphQLInputField)[],
  { field, isOdd }: Omit<Place, "name">,
  hasVariables = true,
): fc.Arbitrary<(readonly [string, Value])[]> {
  const each = members.map((member) => {
    const { name, type, defaultValue } = member;
    const mayBeLeftOut = !isNonNullType(type) || defaultValue !== undefined;
    const place = { name, field, isOdd };
    const value = valueOf(type, place, { hasVariables, hasDefault: defaultValue !== undefined });
    const given = value.map((present) => [[name, present] as const]);
    const left = fc.constant<(readonly [string, Value])[]>([]);
    const leftOut = { weight: rareMembers.has(name) ? 8 : 1, arbitrary: left };
    return mayBeLeftOut ? fc.oneof(leftOut, { weight: 1, arbitrary: given }) : given;
  });
  return fc.tuple(...each).map((lists) => lists.flat());
}

interface ValueOptions {
  /** Whether there may be variables in it. */
  readonly hasVariables: boolean;
  /** Whether the place has a default, so that a variable there may be nullable. */
  readonly hasDefault?: boolean;
}

/** A value that is valid at a place. */
function valueOf(type: GraphQLInputType, place: Place, options: ValueOptions): fc.Arbitrary<Value> {
  const literal = literalOf(type, place, options.hasVariables);
  const values: fc.WeightedArbitrary<Value>[] = [{ weight: 5, arbitrary: literal }];
  if (options.hasVariables) {
    values.push({ weight: 5, arbitrary: variableOf(type, place, options.hasDefault === true) });
  }
  if (!isNonNullType(type)) values.push({ weight: 1, arbitrary: fc.constant(nothing) });
  return fc.oneof({ withCrossShrink: true }, ...values);
}

function literalOf(type: GraphQLInputType, place: Place, hasVariables: boolean): fc.Arbitrary<Value> {
  const present = getNullableType(type);
  if (isListType(present)) return listOf(present.ofType, place, hasVariables);
  if (isInputObjectType(present)) {
    const fields = Object.values(present.getFields());
    return membersOf(fields, place, hasVariables).map((members) => ({ kind: "object", fields: members }));
  }
  if (present.name === "_Any") return representation(place, hasVariables);
  return leafOf(present, place);
}

/** A list; or a single item, of which a list is made. */
function listOf(item: GraphQLInputType, place: Place, hasVariables: boolean): fc.Arbitrary<Value> {
  // The upstream is asked for nothing where a filter has no values, which is refused.
  const minLength = place.isOdd ? 0 : 1;
  const items = fc.array(valueOf(item, place, { hasVariables }), { minLength, maxLength: 6 });
  return fc.oneof(
    {
      weight: 6,
      arbitrary: items.map((list): Value => ({ kind: "list", items: list })),
    },
    { weight: 1, arbitrary: literalOf(item, place, hasVariables) },
  );
}

/** What a router knows of an entity, and what no router should send. */
function representation({ isOdd }: Place, hasVariables: boolean): fc.Arbitrary<Value> {
  const accountId = part({ name: "accountId", field: "", isOdd }, hasVariables);
  const idOf = (typename: string) => part({ name: "id", field: typename, isOdd }, hasVariables);
  const deep = idOf("").map((value): (readonly [string, Value])[] => [
    ["also", { kind: "list", items: [value, { kind: "object", fields: [["deep", value]] }] }],
  ]);
  const more = fc.oneof(
    { weight: 10, arbitrary: fc.constant<(readonly [string, Value])[]>([]) },
    { weight: 1, arbitrary: deep },
  );
  const good = fc.constantFrom("StatusReason", "Agent");
  const bad = fc.constantFrom("Query", "AgentStatus", "constructor", "");
  const typenames = isOdd ? fc.oneof({ weight: 20, arbitrary: good }, { weight: 1, arbitrary: bad }) : good;
  return typenames
    .chain((typename) => fc.tuple(fc.constant(textLeaf(typename, false)), accountId, idOf(typename), more))
    .map(([typename, account, id, others]) => ({
      kind: "object",
      fields: [["__typename", typename], ["accountId", account], ["id", id], ...others],
    }));
}

/** A part of a scalar's literal, where a variable may have any type. */
function part(place: Place, hasVariables: boolean): fc.Arbitrary<Value> {
  const literal = partLiteral(place);
  if (!hasVariables) return literal;
  const variable = fc
    .record({
      name: variableNames,
      type: fc.constantFrom("ID!", "ID", "String!"),
      given: literal,
      later: partLiteral({ ...place, isOdd: true }),
    })
    .map((own): Value => ({ kind: "variable", variable: { ...own, byDefault: undefined } }));
  return fc.oneof({ withCrossShrink: true }, literal, variable);
}

function partLiteral(place: Place): fc.Arbitrary<Value> {
  const good = leafOf(GraphQLID, place).map(asText);
  const bad = fc.constantFrom(nothing, leaf("5"), leaf("{}"), leaf("[]"), leaf("true"));
  return place.isOdd ? fc.oneof({ weight: 20, arbitrary: good }, { weight: 1, arbitrary: bad }) : good;
}

function asText(value: Value): Value {
  return value.kind === "leaf" && /^-?\d/.test(value.json) ? textLeaf(value.json, false) : value;
}

/** A variable that is allowed at a place, and what it is sent as. */
function variableOf(type: GraphQLInputType, place: Place, hasDefault: boolean): fc.Arbitrary<Value> {
  const constant = literalOf(type, place, false);
  const declared = String(getNullableType(type));
  const declarations: fc.Arbitrary<Pick<Variable, "type" | "byDefault">>[] = [
    fc.constant({ type: `${declared}!`, byDefault: undefined }),
    constant.map((byDefault) => ({ type: declared, byDefault })),
  ];
  if (!isNonNullType(type) || hasDefault)
    declarations.push(fc.constant({ type: declared, byDefault: undefined }));
  return fc
    .tuple(
      variableNames,
      fc.oneof(...declarations),
      sentAs(constant, place.isOdd),
      sentAs(literalOf(type, { ...place, isOdd: true }, false), true),
    )
    .map(([name, declaration, given, later]) => ({
      kind: "variable",
      variable: { name, ...declaration, given, later },
    }));
}

function sentAs(constant: fc.Arbitrary<Value>, isOdd: boolean): fc.Arbitrary<Value | undefined> {
  if (!isOdd) return constant;
  return fc.oneof(
    { weight: 16, arbitrary: constant },
    { weight: 1, arbitrary: fc.constantFrom(nothing, undefined) },
    { weight: 1, arbitrary: oddJson },
  );
}

/** What `@skip` and `@include` go by. */
export function conditionValue(isOdd: boolean): fc.Arbitrary<Value> {
  return valueOf(
    new GraphQLNonNull(GraphQLBoolean),
    { name: "if", field: "", isOdd },
    { hasVariables: true },
  );
}
