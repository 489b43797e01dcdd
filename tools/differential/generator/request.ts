import fc from "fast-check";
import type { GraphQLObjectType, GraphQLSchema } from "graphql";

import type { Fault } from "../../../src/emulator/faults/faults.js";
import { emulatorTokens } from "../../../src/emulator/seed/seed.js";
import { call, fault } from "./calls.js";
import type { Call, NameChoice, Step } from "./calls.js";
import type { Operation, Variable } from "./model.js";
import { jsonOf, objectJson, renderDocument } from "./render.js";
import { Selections } from "./selections.js";
import { restyle, styleCount } from "./styles.js";

/** One operation: the requests for it, one after the other. */
export interface Case {
  /** What the known gateway is asked three times; the same, but for what stands between the tokens. */
  readonly same: readonly Step[];
  /** The same document, when it is known, under other circumstances. */
  readonly changed: Step | undefined;
  readonly rootFields: readonly string[];
}

const operationNames = fc.constantFrom("A", "B", "constructor", "toString", "__proto__", "hasOwnProperty");

/** How the request for a known operation differs from those before. */
interface Change {
  readonly hasOtherVariables: boolean;
  readonly faults: readonly Fault[];
  /** @default as before */
  readonly call?: Call | undefined;
  /** @default 0 */
  readonly style?: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  hasOtherVariables: fc.boolean(),
  call: fc.option(call, { nil: undefined }),
  faults: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Fault[]>([]) },
    { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
  ),
  style: fc.nat(styleCount - 1),
});

const usualCall: Call = {
  nameChoice: "right",
  extras: [],
  headers: { "content-type": "application/json", authorization: `Bearer ${emulatorTokens.admin}` },
};

/** Mutations are sent by a caller who may not write: they can be sent any number of times. */
const readOnly = { authorization: `Bearer ${emulatorTokens.readOnly}` };

interface CaseOptions {
  /** The index of the operation that is asked for. */
  readonly asked?: number;
  readonly call?: Call;
  readonly changed?: Change | undefined;
  /** Whether the document is written in another way each time. */
  readonly isRestyled?: boolean;
}

/** The requests for one operation of a document. */
function caseFrom(
  operations: readonly Operation[],
  { asked = 0, call: usual = usualCall, changed, isRestyled = false }: CaseOptions,
): Case {
  const { source, variables } = renderDocument(operations, asked);
  const operation = operations[asked];
  const mayWrite = operations.some(({ type }) => type === "mutation");
  const step = ({
    hasOtherVariables,
    faults,
    call: { nameChoice: choice, extras: more, headers: sent } = usual,
    style = 0,
  }: Change): Step => {
    const members = [
      ["query", JSON.stringify(restyle(source, style))] as const,
      ...nameMember(choice, operation?.name),
      ["variables", variablesJson(variables, hasOtherVariables, more)] as const,
    ];
    return { body: objectJson(members), headers: mayWrite ? { ...sent, ...readOnly } : sent, faults };
  };
  const styles = isRestyled ? [0, 1, 2] : [0, 0, 0];
  return {
    same: styles.map((style) => step({ hasOtherVariables: false, faults: [], style })),
    changed: changed && step(changed),
    rootFields: operation === undefined ? [] : rootFieldsOf(operation.selections),
  };
}

/** Cases of any shape that the schema allows. */
export function caseOf(schema: GraphQLSchema): fc.Arbitrary<Case> {
  const operations = fc.oneof(
    { weight: 3, arbitrary: operationsOf(schema, false) },
    { weight: 1, arbitrary: operationsOf(schema, true) },
  );
  const changed = fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: change },
  );
  return fc
    .record({
      operations,
      index: fc.nat(2),
      call,
      changed,
      isRestyled: fc.nat(5).map((number) => number === 5),
    })
    .map(({ operations: all, index, ...options }) =>
      caseFrom(all, { ...options, asked: index % all.length }),
    );
}

/** One operation, or several that are told apart by name. */
function operationsOf(schema: GraphQLSchema, isOdd: boolean): fc.Arbitrary<Operation[]> {
  const selections = new Selections(schema, isOdd);
  const ofType = (type: Operation["type"]): fc.Arbitrary<Operation> =>
    fc.record({
      type: fc.constant(type),
      name: fc.option(operationNames, { nil: undefined }),
      selections: selections.ofRoot(rootOf(schema, type)),
    });
  const one = fc.oneof(
    { withCrossShrink: true },
    { weight: 20, arbitrary: ofType("query") },
    { weight: 1, arbitrary: ofType("mutation") },
  );
  const named = one.map((operation) => ({ ...operation, name: operation.name ?? "C" }));
  const several = fc.uniqueArray(named, { selector: ({ name }) => name, minLength: 2, maxLength: 3 });
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 8, arbitrary: one.map((only) => [only]) },
    { weight: 1, arbitrary: several },
  );
}

/** An operation's root type. */
function rootOf(schema: GraphQLSchema, type: Operation["type"]): GraphQLObjectType {
  const root = type === "query" ? schema.getQueryType() : schema.getMutationType();
  if (root == null) throw new Error(`a schema without a ${type}`);
  return root;
}

function nameMember(choice: NameChoice, name: string | undefined): (readonly [string, string])[] {
  switch (choice) {
    case "left out":
      return [];
    case "right":
      return name === undefined ? [] : [["operationName", JSON.stringify(name)]];
    case "null":
      return [["operationName", "null"]];
    case "empty":
      return [["operationName", '""']];
    case "wrong":
      return [["operationName", '"valueOf"']];
  }
}

function variablesJson(
  variables: ReadonlyMap<string, Variable>,
  isLater: boolean,
  more: readonly (readonly [string, string])[],
): string {
  const given = [...variables].flatMap(([name, variable]) => {
    const value = isLater ? variable.later : variable.given;
    return value === undefined ? [] : [[name, jsonOf(value)] as const];
  });
  return objectJson([...more.filter(([name]) => !variables.has(name)), ...given]);
}

/** The fields of `Query` that are selected, however deep in fragments. */
function rootFieldsOf(selections: Operation["selections"]): string[] {
  return selections.flatMap((selection) =>
    selection.kind === "field" ? [selection.name] : rootFieldsOf(selection.selections),
  );
}
