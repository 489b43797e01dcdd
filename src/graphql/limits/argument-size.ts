import { Kind } from "graphql";
import type { ArgumentNode, OperationDefinitionNode, ValueNode } from "graphql";

import type { RecordCount } from "./field-costs.js";

/** The variables of a request as they came: nothing has checked them yet. */
export type RawVariables = Readonly<Record<string, unknown>>;

/** What an operation's variables are: what was sent, and the defaults of what was not. */
export function withDefaults(operation: OperationDefinitionNode, sent: RawVariables): RawVariables {
  const { variableDefinitions: definitions = [] } = operation;
  if (definitions.every(({ defaultValue }) => defaultValue === undefined)) return sent;
  const defaults = definitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, rawValue(defaultValue, {})] as const],
  );
  return { ...Object.fromEntries(defaults), ...sent };
}

/** How many records a field's arguments ask for. */
export function recordsAskedFor(
  args: readonly ArgumentNode[],
  { argument = "", otherwise, most = Infinity }: RecordCount,
  variables: RawVariables,
): number {
  const [name, ...path] = argument.split(".");
  const node = args.find((arg) => arg.name.value === name)?.value;
  const value = node === undefined ? undefined : path.reduce(member, rawValue(node, variables));
  return Math.min(sizeOf(value) ?? otherwise, most);
}

/** A list counts its items, a number itself; GraphQL takes any other value for a list of one. */
function sizeOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" && value >= 0 ? value : 1;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The value of an argument as far as its size is concerned. */
function rawValue(node: ValueNode, variables: RawVariables): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return member(variables, node.name.value);
    case Kind.LIST:
      return node.values;
    case Kind.INT:
      return Number(node.value);
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, rawValue(value, variables)]),
      );
    case Kind.NULL:
      return null;
    default:
      return node;
  }
}
