import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
} from "graphql";
import type { GraphQLFieldConfig, GraphQLFieldConfigMap } from "graphql";

import { upstreamOperations } from "../../upstream/api/index.js";
import type { GatewayContext } from "../context.js";
import { objectType } from "../field-resolvers.js";
import { requireCaller } from "../require-caller.js";
import { resolveEntities } from "./entities.resolver.js";

/**
 * Adds `_entities` and `_service` of Apollo's subgraph specification to a schema.
 *
 * Not by `@apollo/subgraph`: it builds the schema a second time from SDL, which takes a fifth of the gateway's start.
 *
 * @param printSdl prints the document that `_service { sdl }` shows; called once, when it is first asked for
 */
export function withFederation(schema: GraphQLSchema, printSdl: () => string): GraphQLSchema {
  const config = schema.toConfig();
  const query = objectType(schema, "Query").toConfig();
  const fields: GraphQLFieldConfigMap<unknown, GatewayContext> = {
    ...query.fields,
    _entities: entitiesField(schema),
    _service: serviceField(printSdl),
  };
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...query, fields }),
    types: config.types.filter(({ name }) => name !== "Query"),
  });
}

function entitiesField(schema: GraphQLSchema): GraphQLFieldConfig<unknown, GatewayContext> {
  const representation = new GraphQLScalarType({ name: "_Any" });
  // Each entity that is returned names its type in `__typename`.
  const entity = new GraphQLUnionType({
    name: "_Entity",
    types: typesWithKey(schema),
  });
  return {
    type: new GraphQLNonNull(new GraphQLList(entity)),
    args: {
      representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(representation))) },
    },
    resolve: requireCaller(resolveEntities, upstreamOperations.viewAgents),
  };
}

function typesWithKey(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ astNode }) => astNode?.directives?.some((directive) => directive.name.value === "key"));
}

function serviceField(printSdl: () => string): GraphQLFieldConfig<unknown, GatewayContext> {
  let sdl: string | undefined;
  return {
    type: new GraphQLNonNull(
      new GraphQLObjectType({
        name: "_Service",
        fields: { sdl: { type: GraphQLString, resolve: () => (sdl ??= printSdl()) } },
      }),
    ),
    resolve: () => ({}),
  };
}
