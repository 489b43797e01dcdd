/** A value of an argument, as a literal of the document and as JSON of a variable. */
export type Value =
  | { readonly kind: "leaf"; readonly literal: string; readonly json: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly fields: readonly (readonly [string, Value])[] }
  | { readonly kind: "variable"; readonly variable: Variable };

export interface Variable {
  /** Its name, unless another variable has it. */
  readonly name: string;
  readonly type: string;
  readonly byDefault: Value | undefined;
  /** What it is sent as; undefined: it is left out. */
  readonly given: Value | undefined;
  /** What it is sent as by the changed request. */
  readonly later: Value | undefined;
}

/** `@skip` or `@include`. */
export interface Condition {
  readonly directive: "skip" | "include";
  readonly value: Value;
}

export interface Field {
  readonly kind: "field";
  readonly name: string;
  readonly alias: string | undefined;
  readonly args: readonly (readonly [string, Value])[];
  readonly conditions: readonly Condition[];
  /** undefined for a leaf. */
  readonly selections: readonly Selection[] | undefined;
}

export interface Fragment {
  readonly kind: "fragment";
  /** The type condition; undefined: none, in an inline fragment. */
  readonly on: string | undefined;
  /** undefined: it is an inline fragment. */
  readonly name: string | undefined;
  readonly conditions: readonly Condition[];
  readonly selections: readonly Selection[];
}

export type Selection = Field | Fragment;

export interface Operation {
  readonly type: "query" | "mutation";
  readonly name: string | undefined;
  readonly selections: readonly Selection[];
}

export function leaf(literal: string, json = literal): Value {
  return { kind: "leaf", literal, json };
}
