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
  GraphQLAbstractType,
  GraphQLLeafType,
  GraphQLObjectType,
  GraphQLOutputType,
} from "graphql";
// Not public in graphql: test/fast-path/apollo.test.ts fails where it moves or changes.
import { collectFields, collectSubfields } from "graphql/execution/collectFields.js";

import { NotCompilable } from "./document.js";
import type { CompiledDocument } from "./document.js";
import { leafTextOf } from "./leaf-text.js";
import { compileResolver } from "./resolver-call.js";
import type { ValueOf } from "./resolver-call.js";
import type { Write } from "./text.js";
import { completing, writeList, writeObject } from "./writing.js";
import type { Brackets, FieldText } from "./writing.js";

/** How a value is written. */
interface Plan {
  readonly write: Write;
  /** The same with cached fragments. */
  readonly cached: Write;
  /** Whether no resolver is involved: the text depends on the value alone. */
  readonly isPure: boolean;
}

interface FieldPlan extends Plan {
  readonly valueOf: ValueOf;
}

type FieldsByKey = ReadonlyMap<string, readonly FieldNode[]>;

/** Compiles how the whole response is written, from the operation's root object. */
export function compileRoot(document: CompiledDocument, type: GraphQLObjectType): Write {
  const { schema, fragments, operation } = document;
  const fields = collectFields(schema, fragments, {}, type, operation.selectionSet);
  return compileObject(document, type, fields, { open: `{"data":{`, close: "}}\n" }).write;
}

const braces: Brackets = { open: "{", close: "}" };

function compileObject(
  document: CompiledDocument,
  type: GraphQLObjectType,
  fieldsByKey: FieldsByKey,
  brackets = braces,
): { readonly write: Write; readonly isPure: boolean } {
  const keys = [...fieldsByKey.keys()];
  const plans = [...fieldsByKey].map(([key, nodes]) => compileField(document, type, key, nodes));
  const isPure = plans.every((plan) => plan.isPure);
  const labels = keys.map((key, index) => `${index === 0 ? "" : ","}${JSON.stringify(key)}:`);
  const textsWith = (writer: "write" | "cached"): FieldText[] =>
    plans.map((plan, index) => ({
      label: labels[index] ?? "",
      valueOf: plan.valueOf,
      write: plan[writer],
    }));
  const whole = textsWith("write");
  const inParts = textsWith("cached");
  // An object that is cached whole needs no cached parts.
  const write: Write = (value, run) =>
    writeObject(isPure && Object.isFrozen(value) ? whole : inParts, brackets, value, run);
  return { write, isPure };
}

function compileField(
  document: CompiledDocument,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): FieldPlan {
  document.size.addField();
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
  return { valueOf: () => name, write, cached: write, isPure: true };
}

function compileValue(
  document: CompiledDocument,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): Plan {
  const present = getNullableType(type);
  const isRequired = isNonNullType(type);
  if (isLeafType(present)) {
    const write = completing(leafTextOf(present), isRequired);
    return { write, cached: write, isPure: true };
  }
  const { write: writePresent, isPure } = compileComposite(document, present, nodes);
  const write = completing(writePresent, isRequired);
  return {
    write,
    cached: isPure ? completing(document.fragmentCache.caching(writePresent), isRequired) : write,
    isPure,
  };
}

/** Compiles a writer for a list or an object that is not null. */
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

function compileList({ write: writeItem, cached, isPure }: Plan): Pick<Plan, "write" | "isPure"> {
  const write: Write = (value, run) => {
    if (!Array.isArray(value)) return undefined;
    return writeList(value, isPure && Object.isFrozen(value) ? writeItem : cached, run);
  };
  return { write, isPure };
}

/** Each possible type has a plan of its own. */
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
