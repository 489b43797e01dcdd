import { BREAK, Kind, getArgumentValues, isNonNullType, valueFromAST, visit } from "graphql";
import type { FieldNode, GraphQLArgument, GraphQLField, ValueNode } from "graphql";

import type { Run } from "./text.js";

type Arguments = Record<string, unknown>;
type Variables = Run["variables"];

/** Sets an argument; returns false where graphql-js has to build the arguments. */
type SetArgument = (args: Arguments, variables: Variables) => boolean;

/**
 * Compiles a function that builds a field's arguments. It handles two kinds of argument: a value without variables, and
 * a single variable that has a value. The rest is left to graphql-js, which walks the AST at each call. Hot path: see
 * docs/performance.md.
 */
export function compileArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Variables) => Arguments {
  const setters = field.args.map((argument) => setterOf(argument, valueNodeOf(node, argument)));
  if (setters.includes(never)) return (variables) => getArgumentValues(field, node, variables);
  return (variables) => {
    const args: Arguments = {};
    const isDone = setters.every((set) => set(args, variables));
    return isDone ? args : getArgumentValues(field, node, variables);
  };
}

function valueNodeOf(node: FieldNode, { name }: GraphQLArgument): ValueNode | undefined {
  return node.arguments?.find((argument) => argument.name.value === name)?.value;
}

function setterOf({ name, type, defaultValue }: GraphQLArgument, node: ValueNode | undefined): SetArgument {
  if (node === undefined) return constant(name, defaultValue, isNonNullType(type));
  if (node.kind === Kind.VARIABLE) return variable(name, node.name.value);
  return hasVariables(node) ? never : constant(name, valueFromAST(node, type), true);
}

function variable(name: string, variableName: string): SetArgument {
  return (args, variables) => {
    // Variables may be named like members of Object.prototype.
    const value = Object.hasOwn(variables, variableName) ? variables[variableName] : undefined;
    if (value === undefined || value === null) return false;
    args[name] = value;
    return true;
  };
}

/** @param isRequired whether an undefined value, missing or of the wrong type, is an error */
function constant(name: string, value: unknown, isRequired: boolean): SetArgument {
  if (value === undefined) return isRequired ? never : () => true;
  return (args) => {
    args[name] = value;
    return true;
  };
}

function never(): boolean {
  return false;
}

function hasVariables(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}
