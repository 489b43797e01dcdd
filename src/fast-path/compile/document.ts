import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from "graphql";

import type { TextMemory } from "./text-memory.js";

/** What is being compiled. */
export interface CompiledDocument {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly texts: TextMemory;
  readonly size: PlanSize;
}

/** The operation has something in it that is left to graphql-js. */
export class NotCompilable extends Error {}

/** Honest operations have a few dozen fields; fragments inside fragments stand for any number. */
const maxFields = 1000;

/** How many fields an operation's plan has, with its fragments spelled out: memory and time to compile grow with it. */
export class PlanSize {
  #fields = 0;

  get fields(): number {
    return this.#fields;
  }

  /** @throws NotCompilable where there are too many */
  addField(): void {
    this.#fields += 1;
    if (this.#fields > maxFields) throw new NotCompilable();
  }
}
