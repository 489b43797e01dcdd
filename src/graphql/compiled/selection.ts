import {
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLAbstractType,
  GraphQLField,
  GraphQLLeafType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields.js";

import { compileArguments } from "./arguments.js";
import { leafTextOf } from "./leaf-text.js";
import { Joining, remembering, writeLater } from "./text.js";
import type { Run, Text, Write } from "./text.js";

/** What is being compiled. */
export interface CompiledDocument {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** The operation has something in it that is left to graphql-js. */
export class NotCompilable extends Error {}

/** How a value is written. */
interface Plan {
  readonly write: Write;
  /** The same, but that it remembers what it wrote where it can. */
  readonly remembered: Write;
  /** No resolver has a part in it: the text depends on the value alone. */
  readonly isPure: boolean;
}

interface FieldPlan extends Plan {
  /** The field's value; an Error where there is none. */
  readonly valueOf: (source: unknown, run: Run) => unknown;
}

/** A field as it is written. */
interface FieldText {
  /** What stands before the value: a bracket or a comma, and the field's name in the answer. */
  readonly label: string;
  readonly valueOf: FieldPlan["valueOf"];
  readonly write: Write;
}

type FieldsByKey = ReadonlyMap<string, readonly FieldNode[]>;

/** How an answer is written, from an operation's root object. */
export function compileRoot(document: CompiledDocument, type: GraphQLObjectType): Write {
  const { schema, fragments, operation } = document;
  const fields = collectFields(schema, fragments, {}, type, operation.selectionSet);
  return compileObject(document, type, fields, { open: `{"data":{`, close: "}}\n" }).write;
}

/** What stands around an object's fields. */
interface Brackets {
  readonly open: string;
  readonly close: string;
}

const braces: Brackets = { open: "{", close: "}" };

function compileObject(
  document: CompiledDocument,
  type: GraphQLObjectType,
  fieldsByKey: FieldsByKey,
  { open, close }: Brackets = braces,
): { readonly write: Write; readonly isPure: boolean } {
  const keys = [...fieldsByKey.keys()];
  const plans = [...fieldsByKey].map(([key, nodes]) => compileField(document, type, key, nodes));
  const isPure = plans.every((plan) => plan.isPure);
  const labels = keys.map((key, index) => `${index === 0 ? open : ","}${JSON.stringify(key)}:`);
  const textsWith = (writer: "write" | "remembered"): FieldText[] =>
    plans.map((plan, index) => ({
      label: labels[index] ?? "",
      valueOf: plan.valueOf,
      write: plan[writer],
    }));
  const whole = textsWith("write");
  const inParts = textsWith("remembered");
  // What is remembered as a whole need not be in parts.
  const write: Write = (value, run) =>
    writeObject(isPure && Object.isFrozen(value) ? whole : inParts, close, value, run);
  return { write, isPure };
}

function writeObject(fields: readonly FieldText[], close: string, source: unknown, run: Run): Text {
  let text = "";
  let joining: Joining | undefined;
  for (const { label, valueOf, write } of fields) {
    const part = write(valueOf(source, run), run);
    if (part === undefined) return undefined;
    text += label;
    if (typeof part === "string") text += part;
    else {
      (joining ??= new Joining()).add(text, part);
      text = "";
    }
  }
  return joining === undefined ? text + close : joining.end(text + close);
}

function compileField(
  document: CompiledDocument,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): FieldPlan {
  const [node] = nodes;
  const name = node?.name.value;
  if (name === "__typename") return typenamePlan(parent);
  const field = name === undefined ? undefined : parent.getFields()[name];
  if (node === undefined || field === undefined) throw new NotCompilable();
  const plan = compileValue(document, field.type, nodes);
  if (field.resolve === undefined) {
    return { ...plan, valueOf: (source) => (source as Record<string, unknown>)[field.name] };
  }
  return { ...plan, valueOf: compileResolver(document, parent, key, field, nodes, node), isPure: false };
}

function typenamePlan({ name }: GraphQLObjectType): FieldPlan {
  const text = JSON.stringify(name);
  const write = (): string => text;
  return { valueOf: () => name, write, remembered: write, isPure: true };
}

function compileResolver(
  document: CompiledDocument,
  parentType: GraphQLObjectType,
  key: string,
  field: GraphQLField<unknown, unknown>,
  fieldNodes: readonly FieldNode[],
  node: FieldNode,
): (source: unknown, run: Run) => unknown {
  const { resolve } = field;
  const { schema, operation, fragments } = document;
  // Of a field in a list the place in it is not known; nothing but an error's text would need it.
  const path = { prev: undefined, key, typename: parentType.name };
  // Written out: to spread one object into another for each row was an eighth of a query for 100 agents.
  const infoWith = (variableValues: Run["variables"]): GraphQLResolveInfo => ({
    fieldName: field.name,
    fieldNodes,
    returnType: field.type,
    parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues,
  });
  const argumentsFrom = compileArguments(field, node);
  return (source, { context, variables }) => {
    try {
      return resolve?.(source, argumentsFrom(variables), context, infoWith(variables));
    } catch (error) {
      return error instanceof Error ? error : new Error("not an Error was thrown", { cause: error });
    }
  };
}

function compileValue(
  document: CompiledDocument,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): Plan {
  const present = getNullableType(type);
  const isRequired = isNonNullType(type);
  if (isLeafType(present)) {
    const write = settling(leafTextOf(present), isRequired);
    return { write, remembered: write, isPure: true };
  }
  const { write: writePresent, isPure } = compileComposite(document, present, nodes);
  const write = settling(writePresent, isRequired);
  return { write, remembered: isPure ? settling(remembering(writePresent), isRequired) : write, isPure };
}

/** Writes what may also be absent, an error, or still to come. */
function settling(writePresent: Write, isRequired: boolean): Write {
  const absent = isRequired ? undefined : "null";
  const write: Write = (value, run) => {
    if (value == null) return absent;
    if (typeof value === "object") {
      if (value instanceof Promise) return writeLater(value, write, run);
      if (value instanceof Error) return undefined;
    }
    return writePresent(value, run);
  };
  return write;
}

/** How a list or an object that is there is written. */
function compileComposite(
  document: CompiledDocument,
  type: Exclude<GraphQLOutputType, GraphQLLeafType>,
  nodes: readonly FieldNode[],
): Pick<Plan, "write" | "isPure"> {
  if (isListType(type)) return compileList(compileValue(document, type.ofType, nodes));
  if (isAbstractType(type)) return compileAbstract(document, type, nodes);
  if (!isObjectType(type) || type.isTypeOf) throw new NotCompilable();
  return compileObject(document, type, subfields(document, type, nodes));
}

function subfields(
  { schema, fragments }: CompiledDocument,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): FieldsByKey {
  return collectSubfields(schema, fragments, {}, type, nodes);
}

function compileList({ write: writeItem, remembered, isPure }: Plan): Pick<Plan, "write" | "isPure"> {
  const write: Write = (value, run) => {
    if (!Array.isArray(value)) return undefined;
    return writeList(value, isPure && Object.isFrozen(value) ? writeItem : remembered, run);
  };
  return { write, isPure };
}

function writeList(items: readonly unknown[], writeItem: Write, run: Run): Text {
  let text = "[";
  let joining: Joining | undefined;
  let hasFailed = false;
  for (let index = 0; index < items.length; index += 1) {
    // Also after a failure: the rest may be promises, whose rejections somebody has to take.
    const part = writeItem(items[index], run);
    hasFailed ||= part === undefined;
    if (index > 0) text += ",";
    if (typeof part !== "object") text += String(part);
    else {
      (joining ??= new Joining()).add(text, part);
      text = "";
    }
  }
  if (hasFailed) return undefined;
  return joining === undefined ? `${text}]` : joining.end(`${text}]`);
}

/** Each type that it may turn out to be has a plan of its own. */
function compileAbstract(
  document: CompiledDocument,
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
): Pick<Plan, "write" | "isPure"> {
  const plans = new Map(
    document.schema
      .getPossibleTypes(type)
      .map((object) => [object.name, compileObject(document, object, subfields(document, object, nodes))]),
  );
  const write: Write = (value, run) => {
    const { __typename: name } = value as { readonly __typename?: unknown };
    return plans.get(String(name))?.write(value, run);
  };
  return { write, isPure: false };
}
