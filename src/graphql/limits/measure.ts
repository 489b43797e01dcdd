import { Kind, getNamedType, isInterfaceType, isObjectType } from "graphql";
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  SelectionNode,
  SelectionSetNode,
} from "graphql";

import { agentViewCap } from "../../upstream/api/index.js";
import { fieldCosts, recordCost } from "./field-costs.js";
import type { MeasureArguments } from "./argument-size.js";

/** What a selection comes to, with its fragments spelled out. */
export interface Measure {
  /** Fields inside fields. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Estimated values in the answer. */
  readonly cost: number;
  /** The part of `cost` that is agents of reasons. */
  readonly agents: number;
  /** What that part comes to at most for all the reasons of an account together. */
  readonly agentsAtMost: number;
  /** Fields of the selection itself. */
  readonly fields: number;
}

type Cost = Pick<Measure, "cost" | "agents" | "agentsAtMost">;

/** The two fields whose costs depend on each other. */
const accountReasons = "Query.statusReasons";
const reasonAgents = "StatusReason.agents";

/** What an answer holds for a field's name: the longest names of the schema are shorter. */
const keyLengthPerCost = 32;

/** What a field of the introspection system stands for: it is of each type, field or argument of the schema. */
const introspectionCost = 500;

/** Where fields are looked up. */
export interface MeasuredDocument {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly measureArguments: MeasureArguments;
}

/** Thrown instead of measuring what is nested so deep that measuring it could overflow the stack. */
export class TooDeep extends Error {
  override readonly name = "TooDeep";
}

/** Selections inside selections, inline fragments included: far over any depth limit. */
const maxNesting = 500;

const nothing: Measure = {
  depth: 0,
  aliases: 0,
  directives: 0,
  cost: 0,
  agents: 0,
  agentsAtMost: 0,
  fields: 0,
};

/**
 * Measures a document that is already validated, each fragment once however often it is used: the work
 * grows with the document, not with what the document stands for.
 */
export class Measurer {
  readonly #fragments = new Map<string, Measure>();

  constructor(private readonly document: MeasuredDocument) {}

  /** @throws TooDeep */
  measure(set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined, nesting = 0): Measure {
    if (nesting > maxNesting) throw new TooDeep();
    return (set?.selections ?? [])
      .map((selection) => withDirectives(selection, this.#selection(selection, parent, nesting + 1)))
      .reduce(sum, nothing);
  }

  #selection(selection: SelectionNode, parent: GraphQLNamedType | undefined, nesting: number): Measure {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#field(selection, parent, nesting);
      case Kind.INLINE_FRAGMENT:
        return this.measure(selection.selectionSet, this.#type(selection.typeCondition) ?? parent, nesting);
      case Kind.FRAGMENT_SPREAD:
        return this.#fragment(selection.name.value, nesting);
    }
  }

  #field(field: FieldNode, parent: GraphQLNamedType | undefined, nesting: number): Measure {
    const name = field.name.value;
    const aliases = field.alias === undefined ? 0 : 1;
    const ownCost = aliases === 0 ? 0 : keyCost(field);
    if (name.startsWith("__")) return this.#metaField(field, nesting, { aliases, ownCost });
    const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
    const definition = fields[name];
    const inner = this.measure(field.selectionSet, definition && getNamedType(definition.type), nesting);
    const cost = this.#cost(field, definition, `${parent?.name ?? ""}.${name}`, inner);
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + aliases,
      directives: inner.directives,
      ...cost,
      cost: bounded(cost.cost + ownCost),
      fields: 1,
    };
  }

  /**
   * `__typename` is free but for its aliases, since clients add it everywhere. `__schema` and `__type` call nothing
   * upstream, are off in production, and graphql-js bounds their depth.
   */
  #metaField(
    field: FieldNode,
    nesting: number,
    { aliases, ownCost }: { readonly aliases: number; readonly ownCost: number },
  ): Measure {
    if (field.selectionSet === undefined) return { ...nothing, aliases, cost: aliases + ownCost };
    const inner = this.measure(field.selectionSet, undefined, nesting);
    return {
      ...nothing,
      aliases: bounded(aliases + inner.aliases),
      directives: inner.directives,
      cost: bounded(ownCost + introspectionCost * inner.cost),
    };
  }

  #cost(
    field: FieldNode,
    definition: GraphQLField<unknown, unknown> | undefined,
    coordinate: string,
    inner: Measure,
  ): Cost {
    const cost = fieldCosts[coordinate];
    const { agents: innerAgents, agentsAtMost } = inner;
    const { records, items } = this.document.measureArguments({
      coordinate,
      node: field,
      definition,
      records: cost?.records,
    });
    if (cost?.records === undefined) {
      const own = (cost?.base ?? 1) + items;
      return { cost: bounded(own + inner.cost), agents: innerAgents, agentsAtMost };
    }
    if (coordinate === reasonAgents) return agentsOfReason(records, recordCost + inner.cost);
    const base = cost.base + items;
    if (coordinate !== accountReasons) return plain(base + records * (recordCost + inner.cost));
    // An agent gives one reason at a time: the reasons of an account share the agents there are.
    const agents = Math.min(records * innerAgents, agentsAtMost);
    return plain(base + records * (recordCost + inner.cost - innerAgents) + agents);
  }

  #fragment(name: string, nesting: number): Measure {
    const known = this.#fragments.get(name);
    if (known !== undefined) return known;
    const fragment = this.document.fragments.get(name);
    const measure = this.measure(fragment?.selectionSet, this.#type(fragment?.typeCondition), nesting);
    this.#fragments.set(name, measure);
    return measure;
  }

  #type(condition: { readonly name: { readonly value: string } } | undefined): GraphQLNamedType | undefined {
    return condition && this.document.schema.getType(condition.name.value);
  }
}

/** What an answer holds more for a long alias. */
function keyCost({ alias }: FieldNode): number {
  return Math.floor((alias?.value.length ?? 0) / keyLengthPerCost);
}

function plain(cost: number): Cost {
  return { cost: bounded(cost), agents: 0, agentsAtMost: 0 };
}

function agentsOfReason(records: number, each: number): Cost {
  const agents = bounded(records * each);
  return { cost: agents, agents, agentsAtMost: bounded(agentViewCap * each) };
}

function withDirectives({ directives = [] }: SelectionNode, measure: Measure): Measure {
  return directives.length === 0
    ? measure
    : { ...measure, directives: measure.directives + directives.length };
}

function sum(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: bounded(a.aliases + b.aliases),
    directives: bounded(a.directives + b.directives),
    cost: bounded(a.cost + b.cost),
    agents: bounded(a.agents + b.agents),
    agentsAtMost: bounded(a.agentsAtMost + b.agentsAtMost),
    fields: bounded(a.fields + b.fields),
  };
}

/** Fragments of fragments can stand for more than a number holds: infinity times nothing is no number. */
function bounded(value: number): number {
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}
