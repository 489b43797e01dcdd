import { GraphQLScalarType } from "graphql";
import type { GraphQLFieldResolver } from "graphql";
import { getMetadataStorage } from "type-graphql";

import { validateArguments } from "./validation/index.js";

type Storage = ReturnType<typeof getMetadataStorage>;
type Query = Storage["queries"][number];
type Param = NonNullable<Query["params"]>[number];
type ArgumentsClass = new () => object;
type Method = (...params: unknown[]) => unknown;

/** A resolver as it is called: by the field's arguments. */
type Resolver = GraphQLFieldResolver<unknown, unknown, Readonly<Record<string, unknown>>>;

/** What TypeGraphQL takes as it comes, beside enums and scalars of one's own. */
const plainTypes: ReadonlySet<unknown> = new Set([String, Number, Boolean]);

/**
 * Resolvers that call the methods of the query resolvers at once. TypeGraphQL's own way there takes half a dozen
 * promises and a copy of every argument, which was a twentieth of what a query for one reason costs. Its way is still
 * taken wherever anything stands in it that is not done here: guards (roles, middlewares), parameters and arguments of
 * other kinds, and arguments that are input objects, which it makes instances of.
 *
 * @param usual TypeGraphQL's resolvers of `Query`, made without a global middleware or a container, and with
 *   {@link validateArguments}; called while its metadata are those of the schema
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

/** By decorators of the method or of its class; also where TypeGraphQL has not said that there are none. */
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

/** A parameter that is the arguments, the context, the root or the info as they are. */
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
 * The arguments that TypeGraphQL makes something else of, input objects above all.
 *
 * @returns undefined where an argument has another name in the schema than in its class
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
