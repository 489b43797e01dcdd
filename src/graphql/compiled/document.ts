import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from "graphql";

/** What is being compiled. */
export interface CompiledDocument {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** The operation has something in it that is left to graphql-js. */
export class NotCompilable extends Error {}
