import fc from "fast-check";
import { getNamedType, isAbstractType, isLeafType, isUnionType } from "graphql";
import type {
  GraphQLField,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
} from "graphql";

import type { Condition, Field, Fragment, Selection } from "./model.js";
import { conditionValue, membersOf } from "./values.js";

type Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;

/** Fields inside fields: deep enough for the agents of a reason of an agent. */
const maxDepth = 7;

const aliases = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: fc.constantFrom("x", "y") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("constructor", "toString", "__proto__", "hasOwnProperty", "valueOf", "then"),
  },
);

/** Fields that need credentials of the gateway's own, and so fail here: few operations have them. */
const failing = new Set(["Agent.statusChanges"]);

const fragmentNames = fc.constantFrom("F", "G", "constructor", "__proto__", "toString");

/** Selections of the types of one schema. */
export class Selections {
  readonly #known = new Map<string, fc.Arbitrary<readonly Selection[]>>();

  readonly #conditions: fc.Arbitrary<Condition[]>;

  /** @param isOdd whether there may be values that nobody should send */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly isOdd: boolean,
  ) {
    this.#conditions = conditionsOf(isOdd);
  }

  /** Selections of an operation's root object. */
  ofRoot(type: GraphQLObjectType): fc.Arbitrary<readonly Selection[]> {
    return this.#of(type, 0);
  }

  #of(type: Composite, depth: number): fc.Arbitrary<readonly Selection[]> {
    const key = `${type.name} ${depth}`;
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#make(type, depth)));
    return known;
  }

  #make(type: Composite, depth: number): fc.Arbitrary<readonly Selection[]> {
    const typename = fc.record({
      kind: fc.constant("field" as const),
      name: fc.constant("__typename"),
      alias: aliases,
      args: fc.constant([]),
      conditions: this.#conditions,
      selections: fc.constant(undefined),
    });
    const parts: fc.WeightedArbitrary<Selection>[] = [{ weight: 1, arbitrary: typename }];
    for (const field of this.#fieldsOf(type, depth)) {
      const weight = failing.has(`${type.name}.${field.name}`) ? 1 : 4;
      parts.push({ weight, arbitrary: this.#field(type, field, depth) });
    }
    if (depth < maxDepth)
      parts.push({ weight: isAbstractType(type) ? 8 : 2, arbitrary: this.#fragment(type, depth) });
    return fc.array(fc.oneof(...parts), { minLength: 1, maxLength: depth < 3 ? 3 : 2 });
  }

  /** All fields, or near the bottom those that have no fields of their own. */
  #fieldsOf(type: Composite, depth: number): GraphQLField<unknown, unknown>[] {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    return fields.filter((field) => depth < maxDepth - 1 || isLeafType(getNamedType(field.type)));
  }

  #field(parent: Composite, field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<Field> {
    const type = getNamedType(field.type);
    return fc.record({
      kind: fc.constant("field" as const),
      name: fc.constant(field.name),
      alias: aliases,
      args: membersOf(field.args, { field: `${parent.name}.${field.name}`, isOdd: this.isOdd }),
      conditions: this.#conditions,
      selections: isLeafType(type) ? fc.constant(undefined) : this.#of(type as Composite, depth + 1),
    });
  }

  #fragment(type: Composite, depth: number): fc.Arbitrary<Fragment> {
    const fragments = this.#overlapping(type).map((on) =>
      fc.record({
        kind: fc.constant("fragment" as const),
        on: fc.constant(on.name),
        name: fc.option(fragmentNames, { nil: undefined }),
        conditions: this.#conditions,
        selections: this.#of(on, depth + 1),
      }),
    );
    const plain = fc.record({
      kind: fc.constant("fragment" as const),
      on: fc.constant(undefined),
      name: fc.constant(undefined),
      conditions: this.#conditions,
      selections: this.#of(type, depth + 1),
    });
    return fc.oneof(plain, ...fragments);
  }

  /** What a fragment may be on where `type` is: the type, what it is one of, and what it may turn out to be. */
  #overlapping(type: Composite): Composite[] {
    if (isAbstractType(type)) return [type, ...this.schema.getPossibleTypes(type)];
    const abstract = Object.values(this.schema.getTypeMap()).filter(isAbstractType);
    return [type, ...abstract.filter((other) => this.schema.isSubType(other, type))];
  }
}

function conditionsOf(isOdd: boolean): fc.Arbitrary<Condition[]> {
  const one = fc.record({ directive: fc.constantFrom("skip", "include"), value: conditionValue(isOdd) });
  return fc.oneof(
    { weight: 40, arbitrary: fc.constant<Condition[]>([]) },
    { weight: 1, arbitrary: one.map((condition): Condition[] => [condition]) },
  );
}
