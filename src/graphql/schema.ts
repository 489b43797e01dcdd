import "reflect-metadata";

import { GraphQLError, parse, print, printSchema, visit } from "graphql";
import type { DocumentNode, GraphQLSchema, ValidationRule } from "graphql";
import { buildSchemaSync } from "type-graphql";
import type { BuildSchemaOptions } from "type-graphql";

import {
  AgentQueryResolver,
  agentReasonResolvers,
  AgentStatusChangesResolver,
  AgentSubscriptionResolver,
  AgentTimeResolver,
  agentTimeResolvers,
  ReasonUsageResolver,
  countResolvers,
  LiveSummaryResolver,
  StatusReasonAgentsResolver,
  StatusReasonUsageResolver,
} from "./agent/index.js";
import { directResolvers } from "./direct-resolvers.js";
import { withFederation } from "./federation/index.js";
import { objectType, resolversOf, setResolvers } from "./field-resolvers.js";
import { withMetadataOf } from "./own-metadata.js";
import { requiringCaller } from "./require-caller.js";
import {
  ManyWritesResolver,
  StatusReasonMutationResolver,
  StatusReasonQueryResolver,
  StatusReasonSubscriptionResolver,
} from "./status-reason/index.js";
import { withCosts } from "./limits/index.js";
import { validateArguments } from "./validation/index.js";

const resolverClasses = [
  StatusReasonQueryResolver,
  StatusReasonMutationResolver,
  ManyWritesResolver,
  StatusReasonAgentsResolver,
  AgentStatusChangesResolver,
  AgentQueryResolver,
  AgentTimeResolver,
  ReasonUsageResolver,
  StatusReasonUsageResolver,
  LiveSummaryResolver,
  StatusReasonSubscriptionResolver,
  AgentSubscriptionResolver,
] as const;

/** 2.9 is the first version with `@cost` and `@listSize`. */
const federationLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])`;

/** Builds the executable schema, `_entities` and `_service` of federation included. */
export function buildSchema(): GraphQLSchema {
  return withMetadataOf(resolverClasses, () => {
    const schema = buildPlainSchema();
    setOwnResolvers(schema);
    return withFederation(schema, () => printDocument(subgraphDocument(schema)));
  });
}

/** Replaces and adds resolvers of the fields that TypeGraphQL's resolvers are too slow or too strict for. */
function setOwnResolvers(schema: GraphQLSchema): void {
  setResolvers(schema, { Query: directResolvers(resolversOf(schema, "Query")) });
  for (const resolvers of [agentReasonResolvers, agentTimeResolvers, countResolvers])
    setResolvers(schema, resolvers);
  for (const root of ["Query", "Mutation"]) {
    setResolvers(schema, { [root]: requiringCaller(resolversOf(schema, root)) });
  }
}

/** The SDL that a supergraph is composed from; `schema/schema.graphql` holds it. */
export function printSubgraphSdl(): string {
  return printDocument(subgraphDocument(withMetadataOf(resolverClasses, buildPlainSchema)));
}

/**
 * The schema as clients see it, without federation's directives and fields: for tools that refuse or do not need them.
 * `schema/api.graphql` holds it.
 */
export function printApiSdl(): string {
  return printDocument(parse(printSchema(withMetadataOf(resolverClasses, buildPlainSchema))));
}

/** Refuses `_service`, which returns the whole schema as introspection does. */
export const noSdlRule: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== "_service") return;
    const message = "The SDL is disabled: compose from the package's schema/schema.graphql.";
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});

const introspectionFields: ReadonlySet<string> = new Set(["__schema", "__type"]);

/** Refuses introspection. */
export const noIntrospectionRule: ValidationRule = (context) => ({
  Field: (node) => {
    if (!introspectionFields.has(node.name.value)) return;
    const message = "Introspection is disabled: the schema is the package's schema/schema.graphql.";
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});

/**
 * Sets every option: TypeGraphQL keeps the options of the build before, and a failed build elsewhere leaves its own.
 */
function buildPlainSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolverClasses,
    // It would introspect the whole schema at each start; Apollo Server validates it.
    skipCheck: true,
    validate: false,
    validateFn: validateArguments,
    scalarsMap: [],
    authMode: "error",
    pubSub: noPubSub,
    globalMiddlewares: [],
    nullableByDefault: false,
    disableInferringDefaultValues: false,
  });
  // TypeGraphQL creates the root types, and has no option for their descriptions.
  for (const [name, description] of Object.entries(rootDescriptions))
    objectType(schema, name).description = description;
  return schema;
}

/** TypeGraphQL requires one. It is never used, because each subscription has its own `subscribe`. */
const noPubSub: NonNullable<BuildSchemaOptions["pubSub"]> = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error("no subscription has topics");
  },
};

const rootDescriptions: Readonly<Record<string, string>> = {
  Query: "Reads of status reasons, agents, and the agents' statuses with their reasons.",
  Subscription: "Changes of agents and status reasons, as polls of the upstream find them.",
  Mutation: "Writes of status reasons, each by the caller's own token.",
};

/**
 * The schema as a federation 2 document. TypeGraphQL stores directives in the AST nodes of types and fields, which
 * graphql-js does not print, so they are added here, with the costs.
 */
function subgraphDocument(schema: GraphQLSchema): DocumentNode {
  return visit(parse(`${federationLink}\n${printSchema(schema)}`), {
    ObjectTypeDefinition: (node) => {
      const type = objectType(schema, node.name.value);
      const fields = type.getFields();
      return withCosts(type, {
        ...node,
        directives: type.astNode?.directives ?? [],
        fields: (node.fields ?? []).map((field) => ({
          ...field,
          directives: [...(field.directives ?? []), ...(fields[field.name.value]?.astNode?.directives ?? [])],
        })),
      });
    },
  });
}

function printDocument(document: DocumentNode): string {
  return `${print(document)}\n`;
}
