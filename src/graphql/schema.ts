import "reflect-metadata";

import { buildSubgraphSchema } from "@apollo/subgraph";
import { GraphQLError, Kind, parse, print, printSchema, visit } from "graphql";
import type { DocumentNode, GraphQLSchema, ObjectTypeDefinitionNode, ValidationRule } from "graphql";
import { buildSchemaSync, createResolversMap } from "type-graphql";
import type { BuildSchemaOptions } from "type-graphql";

import {
  AgentQueryResolver,
  agentStatusReasonResolver,
  AgentSubscriptionResolver,
  StatusReasonAgentsResolver,
} from "./agent/index.js";
import { directResolvers } from "./direct-resolvers.js";
import { entitiesResolver } from "./entities.resolver.js";
import { withMetadataOf } from "./own-metadata.js";
import { requiringCaller } from "./require-caller.js";
import {
  StatusReasonMutationResolver,
  StatusReasonQueryResolver,
  StatusReasonSubscriptionResolver,
} from "./status-reason/index.js";
import { validateArguments } from "./validation/index.js";

const resolverClasses = [
  StatusReasonQueryResolver,
  StatusReasonMutationResolver,
  StatusReasonAgentsResolver,
  AgentQueryResolver,
  StatusReasonSubscriptionResolver,
  AgentSubscriptionResolver,
] as const;

const federationLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])`;

/** The gateway's schema, ready to run, with what federation adds to it. */
export function buildSchema(): GraphQLSchema {
  const module = withMetadataOf(resolverClasses, () => {
    const schema = buildPlainSchema();
    return { typeDefs: subgraphDocument(schema), resolvers: resolversOf(schema) };
  });
  // The two libraries describe the same map of resolvers by different types.
  return buildSubgraphSchema(module as Parameters<typeof buildSubgraphSchema>[0]);
}

/** TypeGraphQL's resolvers, and those that it does not make. */
function resolversOf(schema: GraphQLSchema): Record<string, unknown> {
  const resolvers: Record<string, unknown> = createResolversMap(schema);
  const Query = directResolvers(resolvers["Query"] as Parameters<typeof directResolvers>[0]);
  for (const own of [{ Query }, entitiesResolver, agentStatusReasonResolver]) {
    for (const [type, fields] of Object.entries(own)) {
      resolvers[type] = Object.assign({}, resolvers[type], fields);
    }
  }
  for (const type of ["Query", "Mutation"]) {
    resolvers[type] = requiringCaller(resolvers[type] as Parameters<typeof requiringCaller>[0]);
  }
  return resolvers;
}

/** The SDL that a supergraph is composed from; `schema/schema.graphql` holds it. */
export function printSubgraphSdl(): string {
  return `${print(subgraphDocument(withMetadataOf(resolverClasses, buildPlainSchema)))}\n`;
}

/** Refuses `_service`, which shows the whole schema as introspection does. */
export const noSdlRule: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== "_service") return;
    const message = "The schema is not shown here: compose from the package's schema/schema.graphql.";
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});

/**
 * Every option is said: those that are left out are what a build of somebody else's left behind where it failed.
 */
function buildPlainSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: resolverClasses,
    validate: false,
    validateFn: validateArguments,
    scalarsMap: [],
    authMode: "error",
    pubSub: noPubSub,
    globalMiddlewares: [],
    nullableByDefault: false,
    disableInferringDefaultValues: false,
  });
}

/** TypeGraphQL insists on one. Each subscription has a `subscribe` of its own, so that it is never used. */
const noPubSub: NonNullable<BuildSchemaOptions["pubSub"]> = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error("no subscription has topics");
  },
};

/** TypeGraphQL makes the root types, and has no place for what they are described by. */
const rootDescriptions: Readonly<Record<string, string>> = {
  Query: "Reads: status reasons, agents, and who is in which status for which reason.",
  Subscription: "Changes as they happen, of what the caller's own token shows.",
  Mutation: "Writes of status reasons, each by the caller's own token.",
};

/**
 * The schema as a federation 2 document. TypeGraphQL keeps directives beside the types, where graphql-js
 * does not print them, so they are put back here.
 */
function subgraphDocument(schema: GraphQLSchema): DocumentNode {
  return visit(parse(`${federationLink}\n${printSchema(schema)}`), {
    ObjectTypeDefinition: (node) => ({
      ...node,
      ...describedRoot(node.name.value),
      directives: schema.getType(node.name.value)?.astNode?.directives ?? [],
    }),
  });
}

function describedRoot(name: string): Pick<ObjectTypeDefinitionNode, "description"> {
  const value = rootDescriptions[name];
  return value === undefined ? {} : { description: { kind: Kind.STRING, value, block: true } };
}
