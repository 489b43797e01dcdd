import { isObjectType } from "graphql";
import type { GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema } from "graphql";

import type { GatewayContext } from "./context.js";

type Resolver = GraphQLFieldResolver<unknown, GatewayContext>;

/** Resolvers of fields, by their types and names, each with a root and arguments of its own. */
type Resolvers = Readonly<Record<string, Readonly<Record<string, (...params: never[]) => unknown>>>>;

/** @throws if the schema has no object type of this name */
export function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type of the schema`);
  return type;
}

/** The resolvers of an object type's fields; a field that reads a property may have none. */
export function resolversOf(schema: GraphQLSchema, typeName: string): Record<string, Resolver> {
  const fields = Object.values(objectType(schema, typeName).getFields());
  return Object.fromEntries(
    fields.flatMap(({ name, resolve }) => (resolve ? [[name, resolve as Resolver]] : [])),
  );
}

/** Replaces the resolvers of the given fields. */
export function setResolvers(schema: GraphQLSchema, resolvers: Resolvers): void {
  for (const [typeName, ofFields] of Object.entries(resolvers)) {
    const fields = objectType(schema, typeName).getFields();
    for (const [name, resolve] of Object.entries(ofFields)) {
      const field = fields[name];
      if (field === undefined) throw new Error(`${typeName} has no field ${name}`);
      field.resolve = resolve as Resolver;
    }
  }
}
