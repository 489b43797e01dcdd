import fc from "fast-check";
import { getNamedType, isObjectType, isLeafType } from "graphql";
import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from "graphql";

/** How deep random queries go. */
const maxDepth = 4;

/** What random queries are made of. */
interface Source {
  readonly schema: GraphQLSchema;
  /** The fields as they may be called, arguments included: root fields by their names, others by `Type.field`. */
  readonly calls: Readonly<Record<string, readonly string[]>>;
}

/**
 * Queries of any shape that a schema allows: aliases, repeats of one field, inline fragments, `__typename` and
 * constant directives.
 */
export function randomQuery(schema: GraphQLSchema, calls: Source["calls"]): fc.Arbitrary<string> {
  const source = { schema, calls };
  const query = schema.getQueryType();
  if (query == null) throw new Error("a schema without queries");
  const rootNames = Object.keys(calls).filter((name) => !name.includes("."));
  const rootField = fc.constantFrom(...rootNames).chain((name) => {
    const field = query.getFields()[name];
    if (field === undefined) throw new Error(`no field ${name}`);
    return fc
      .tuple(alias, fc.constantFrom(...(calls[name] ?? [])), selectionOf(source, field, 1))
      .map(([before, call, after]) => `${before}${call}${after}`);
  });
  return fc
    .array(rootField, { minLength: 1, maxLength: 3 })
    .map((fields) => `{ ${unique(fields).join(" ")} }`);
}

/** Few, so that fields meet under one name, which makes them one where they agree. */
const alias = fc.constantFrom("", "", "a: ", "b: ");

const condition = fc.constantFrom("", "", "", " @include(if: true)", " @skip(if: true)", " @skip(if: false)");

function selectionOf(
  source: Source,
  field: GraphQLField<unknown, unknown>,
  depth: number,
): fc.Arbitrary<string> {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return condition;
  if (!isObjectType(type)) throw new Error(`no selection on ${type.name}`);
  const { name } = type;
  const fields = fieldsAt(type, depth);
  // A type without plain fields has only its name where queries end.
  const parts =
    fields.length === 0
      ? fc.constant([])
      : fc.array(part(source, type, depth), { minLength: 1, maxLength: 5 });
  return parts.map((parts) => ` { ${unique(parts).join(" ")} ... on ${name} { __typename } }`);
}

/** The fields of a type that a query of this depth may select. */
function fieldsAt(type: GraphQLObjectType, depth: number): GraphQLField<unknown, unknown>[] {
  return Object.values(type.getFields()).filter(
    (field) => depth < maxDepth || isLeafType(getNamedType(field.type)),
  );
}

function part(source: Source, type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const plain = fc.constantFrom(...fieldsAt(type, depth)).chain((field) => {
    const calls = source.calls[`${type.name}.${field.name}`] ?? [field.name];
    return fc
      .tuple(fc.constantFrom(...calls), selectionOf(source, field, depth + 1))
      .map(([call, selection]) => call + selection);
  });
  return fc
    .tuple(plain, fc.boolean())
    .map(([text, isFragment]) => (isFragment ? `... on ${type.name} { ${text} }` : text));
}

/** The same text twice says nothing new; fields of one name that disagree are for validation to refuse. */
function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
