import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from "graphql";

import type { FragmentCache } from "./fragment-cache.js";

/** What is being compiled. */
export interface CompiledDocument {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly fragmentCache: FragmentCache;
  readonly size: PlanSize;
}

/** The operation uses a feature that is left to graphql-js. */
export class NotCompilable extends Error {}

/** Ordinary operations have a few dozen fields; nested fragments can expand to any number. */
const maxFields = 1000;

/** Counts the fields of a plan, with fragments expanded: memory and time to compile grow with it. */
export class PlanSize {
  #fields = 0;

  get fields(): number {
    return this.#fields;
  }

  /** @throws NotCompilable where there are too many fields */
  addField(): void {
    this.#fields += 1;
    if (this.#fields > maxFields) throw new NotCompilable();
  }
}
