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

/** The size of a selection, its fragments expanded. */
export interface Measure {
  /** Levels of nested fields. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Estimated number of values in the response. */
  readonly cost: number;
  /** The part of `cost` for the agents of reasons. */
  readonly agents: number;
  /** The most that this part can be for all the reasons of an account together. */
  readonly agentsAtMost: number;
  /** The part of `cost` that the records of a list have once for all of them. */
  readonly shared: number;
  /** Number of fields of the selection itself, nested ones excluded. */
  readonly fields: number;
}

type Cost = Pick<Measure, "cost" | "agents" | "agentsAtMost" | "shared">;

/** The two fields whose costs depend on each other: see `#cost`. */
const accountReasons = "Query.statusReasons";
const reasonAgents = "StatusReason.agents";

/** Characters of an alias that cost as much as a value; the names of the schema are shorter. */
const keyLengthPerCost = 32;

/** The cost of an introspection field, which returns a value for each type, field or argument of the schema. */
const introspectionCost = 500;

/** The document that is measured, and the schema that its fields are looked up in. */
export interface MeasuredDocument {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly measureArguments: MeasureArguments;
}

/** The selection is nested so deep that measuring it could overflow the stack. */
export class TooDeep extends Error {
  override readonly name = "TooDeep";
}

/** Levels of nested selections, inline fragments included. Far above any depth limit. */
const maxNesting = 500;

const emptyMeasure: Measure = {
  depth: 0,
  aliases: 0,
  directives: 0,
  cost: 0,
  agents: 0,
  agentsAtMost: 0,
  shared: 0,
  fields: 0,
};

/**
 * Measures a document that is already validated, each fragment once however often it is used: the work
 * grows with the document, not with its expansion.
 */
export class Measurer {
  readonly #fragments = new Map<string, Measure>();

  constructor(private readonly document: MeasuredDocument) {}

  /** @throws TooDeep */
  measure(set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined, nesting = 0): Measure {
    if (nesting > maxNesting) throw new TooDeep();
    return (set?.selections ?? [])
      .map((selection) => withDirectives(selection, this.#selection(selection, parent, nesting + 1)))
      .reduce(sum, emptyMeasure);
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
   * `__typename` costs only its aliases, since clients add it everywhere. `__schema` and `__type` make no upstream
   * calls, are off in production, and their depth is bounded by graphql-js.
   */
  #metaField(
    field: FieldNode,
    nesting: number,
    { aliases, ownCost }: { readonly aliases: number; readonly ownCost: number },
  ): Measure {
    if (field.selectionSet === undefined) return { ...emptyMeasure, aliases, cost: aliases + ownCost };
    const inner = this.measure(field.selectionSet, undefined, nesting);
    return {
      ...emptyMeasure,
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
    const shared = inner.shared + (cost?.shared ?? 0);
    const { records, cost: ofArguments } = this.document.measureArguments({
      coordinate,
      node: field,
      definition,
      fieldCost: cost,
    });
    if (cost?.records === undefined) {
      const own = (cost?.base ?? 1) + (cost?.shared ?? 0) + ofArguments;
      return { cost: bounded(own + inner.cost), agents: innerAgents, agentsAtMost, shared };
    }
    const each = recordCost + inner.cost - inner.shared;
    if (coordinate === reasonAgents) return agentsOfReason(records, each, shared);
    const base = cost.base + ofArguments + shared;
    if (coordinate !== accountReasons) return plain(base + records * each, shared);
    // An agent has one reason at a time, so the reasons of an account share its agents.
    const agents = Math.min(records * innerAgents, agentsAtMost);
    return plain(base + records * (each - innerAgents) + agents, shared);
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

/** The cost of the characters of a long alias, which the response repeats. */
function keyCost({ alias }: FieldNode): number {
  return Math.floor((alias?.value.length ?? 0) / keyLengthPerCost);
}

function plain(cost: number, shared: number): Cost {
  return { cost: bounded(cost), agents: 0, agentsAtMost: 0, shared };
}

function agentsOfReason(records: number, each: number, shared: number): Cost {
  const agents = bounded(records * each);
  return { cost: bounded(agents + shared), agents, agentsAtMost: bounded(agentViewCap * each), shared };
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
    shared: bounded(a.shared + b.shared),
    fields: bounded(a.fields + b.fields),
  };
}

/** Keeps sums finite: nested fragments can expand beyond any number, and Infinity times 0 is NaN. */
function bounded(value: number): number {
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}
