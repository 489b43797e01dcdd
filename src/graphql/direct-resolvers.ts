import { GraphQLScalarType } from "graphql";
import type { GraphQLFieldResolver } from "graphql";
import { getMetadataStorage } from "type-graphql";

import type { GatewayContext } from "./context.js";
import { validateArguments } from "./validation/index.js";

type Storage = ReturnType<typeof getMetadataStorage>;
type Query = Storage["queries"][number];
type Param = NonNullable<Query["params"]>[number];
type ArgumentsClass = new () => object;
type Method = (...params: unknown[]) => unknown;

/** A resolver of a field with arguments. */
type Resolver = GraphQLFieldResolver<unknown, GatewayContext, Readonly<Record<string, unknown>>>;

/** The types that TypeGraphQL does not convert, besides enums and custom scalars. */
const plainTypes: ReadonlySet<unknown> = new Set([String, Number, Boolean]);

/**
 * Creates resolvers that call the methods of the query resolvers directly, without TypeGraphQL's promises and copies of
 * the arguments. Hot path: see docs/performance.md. Fields that need more keep TypeGraphQL's resolver: those with guards
 * (roles, middlewares), with parameters and arguments of other kinds, or with input objects, which it instantiates.
 *
 * @param usual TypeGraphQL's resolvers of `Query`, built without a global middleware or a container, and with
 *   {@link validateArguments}; called while its metadata storage has the schema's metadata
 */
export function directResolvers(usual: Readonly<Record<string, Resolver>>): Record<string, Resolver> {
  const storage = getMetadataStorage();
  const resolvers = { ...usual };
  for (const query of storage.queries) {
    const resolver = usual[query.schemaName];
    if (resolver !== undefined && !isGuarded(query)) {
      resolvers[query.schemaName] = direct(storage, query, resolver);
    }
  }
  return resolvers;
}

/** Whether decorators guard the method or its class. True if TypeGraphQL has no list of them. */
function isGuarded({ middlewares, roles }: Query): boolean {
  return middlewares === undefined || middlewares.length > 0 || roles !== undefined;
}

function direct(storage: Storage, query: Query, usual: Resolver): Resolver {
  const owner = new (query.target as ArgumentsClass)() as Record<string, Method>;
  const params = [...(query.params ?? [])].sort((a, b) => a.index - b.index);
  const given = params.find(({ kind }) => kind === "args");
  if (given?.kind !== "args" || !params.every(isPlainParam)) return usual;
  const Arguments = given.getType() as ArgumentsClass;
  const converted = convertedArguments(storage, Arguments);
  if (converted === undefined) return usual;
  return (root, args, context, info) => {
    if (converted.some((name) => args[name] != null)) return usual(root, args, context, info);
    const instance: object = Object.assign(new Arguments(), args);
    validateArguments(instance);
    const values = { args: instance, context, info, root };
    return owner[query.methodName]?.(...params.map(({ kind }) => values[kind as keyof typeof values]));
  };
}

/** A parameter that passes the arguments, the context, the root or the info unchanged. */
function isPlainParam(param: Param): boolean {
  switch (param.kind) {
    case "args":
      return param.validateFn === undefined && param.validateSettings === undefined;
    case "context":
      return param.propertyName === undefined;
    case "root":
      return param.propertyName === undefined && param.getType === undefined;
    default:
      return param.kind === "info";
  }
}

/**
 * The arguments that TypeGraphQL converts, such as input objects.
 *
 * @returns undefined if an argument has another name in the schema than in its class
 */
function convertedArguments({ argumentTypes }: Storage, Arguments: ArgumentsClass): string[] | undefined {
  const fields = argumentTypes
    .filter(({ target }) => Arguments === target || Arguments.prototype instanceof target)
    .flatMap((type) => type.fields ?? []);
  if (fields.some(({ name, schemaName }) => name !== schemaName)) return undefined;
  return fields.filter((field) => !isPlainType(field.getType())).map(({ name }) => name);
}

function isPlainType(type: unknown): boolean {
  const isEnum = typeof type === "object" && !(type instanceof GraphQLScalarType);
  return plainTypes.has(type) || type instanceof GraphQLScalarType || isEnum;
}
