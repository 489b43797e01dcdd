import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, isEnumType, isInputObjectType, isObjectType } from "graphql";
import type { GraphQLSchema } from "graphql";

/** What is compared: two SDLs, and the reasons of breaking changes by their messages. */
export interface SchemaChanges {
  readonly released: string;
  readonly current: string;
  readonly accepted: Readonly<Record<string, string>>;
}

interface BreakingChange {
  readonly message: string;
  readonly type: string;
  /** Such as `Query.agents.ids`. */
  readonly path?: string;
}

/** The kinds of changes that remove what can be deprecated first. A type cannot be deprecated. */
const removals: ReadonlySet<string> = new Set([
  "FIELD_REMOVED",
  "FIELD_ARGUMENT_REMOVED",
  "INPUT_FIELD_REMOVED",
  "ENUM_VALUE_REMOVED",
]);

/** A sentence or more, and the day since when. */
const reasonPattern = /^\S.* \(since (\d{4}-\d{2}-\d{2})\)$/s;

/** @returns a line for each change that breaks the rules of docs/schema-changes.md */
export async function schemaProblems({ released, current, accepted }: SchemaChanges): Promise<string[]> {
  const before = schemaOf(released);
  const after = schemaOf(current);
  const breaking = (await diff(before, after)).filter(
    ({ criticality }) => criticality.level === CriticalityLevel.Breaking,
  );
  const deprecated = deprecationsIn(before);
  const messages = new Set(breaking.map(({ message }) => message));
  return [
    ...breaking.flatMap((change) => problemsOf(change, accepted, deprecated)),
    ...Object.keys(accepted)
      .filter((message) => !messages.has(message))
      .map((message) => `Accepted in schema/accepted-changes.json, but there is no such change: ${message}`),
    ...[...deprecationsIn(after)]
      .filter(([, reason]) => !isDated(reason))
      .map(
        ([path, reason]) =>
          `The deprecation of ${path} must end with its day, as in "Use x instead. (since 2026-11-25)": ${reason}`,
      ),
  ];
}

function problemsOf(
  { message, type, path = "" }: BreakingChange,
  accepted: SchemaChanges["accepted"],
  deprecated: ReadonlyMap<string, string>,
): string[] {
  const isTooSoon = removals.has(type) && !deprecated.has(path);
  return [
    ...(isTooSoon ? [`Removed, but the last release does not deprecate it: ${message}`] : []),
    ...(Object.hasOwn(accepted, message)
      ? []
      : [
          `Breaks clients of the last release: ${message} If it is meant, add the message with the reason to ` +
            "schema/accepted-changes.json, and say in CHANGELOG.md how to move.",
        ]),
  ];
}

function isDated(reason: string): boolean {
  const day = reasonPattern.exec(reason)?.[1];
  return day !== undefined && !Number.isNaN(Date.parse(day));
}

/** The directives of federation are declared by the library that serves the schema, not in it. */
function schemaOf(sdl: string): GraphQLSchema {
  return buildSchema(sdl, { assumeValidSDL: true });
}

/** The reasons of all deprecations by their path, such as `Query.agents.ids`. */
function deprecationsIn(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const note = (
    path: string,
    { deprecationReason: reason }: { readonly deprecationReason?: string | null | undefined },
  ) => {
    if (reason != null) reasons.set(path, reason);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    const { name } = type;
    if (isEnumType(type)) for (const value of type.getValues()) note(`${name}.${value.name}`, value);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) note(`${name}.${field.name}`, field);
    }
    if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        note(`${name}.${field.name}`, field);
        for (const arg of field.args) note(`${name}.${field.name}.${arg.name}`, arg);
      }
    }
  }
  return reasons;
}
