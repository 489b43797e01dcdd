import type { Condition, Field, Fragment, Operation, Selection, Value, Variable } from "./model.js";

/** A document, and the variables of one of its operations. */
export interface Rendered {
  readonly source: string;
  /** Under the names that they have in the document. */
  readonly variables: ReadonlyMap<string, Variable>;
}

/** What stands under one name in the answer, and what is selected of it. */
interface Taken {
  readonly signature: string;
  readonly inner: Scope;
}

/** What is selected of one object, all of its fragments together, by the names in the answer. */
type Scope = Map<string, Taken>;

/**
 * Writes a document. Where two fields would get one name and could not be merged, one gets another alias: so it is
 * always valid.
 *
 * @param asked the operation whose variables are told
 */
export function renderDocument(operations: readonly Operation[], asked: number): Rendered {
  const fragments = new Map<string, string>();
  const texts = operations.map((operation) => new OperationWriter(fragments).write(operation));
  return {
    source: [...texts.map(({ text }) => text), ...fragments.values()].join(" "),
    variables: texts[asked]?.variables ?? new Map<string, Variable>(),
  };
}

class OperationWriter {
  readonly #variables = new Map<string, Variable>();

  /** @param fragments the document's, by name */
  constructor(private readonly fragments: Map<string, string>) {}

  write({ type, name, selections }: Operation): { text: string; variables: ReadonlyMap<string, Variable> } {
    const body = this.#selections(selections, new Map());
    const declared = [...this.#variables].map(([own, variable]) => declaration(own, variable));
    const head = [type, name ?? "", declared.length === 0 ? "" : `(${declared.join(", ")})`].join(" ");
    const isShort = type === "query" && name === undefined && declared.length === 0;
    return { text: isShort ? body : `${head} ${body}`, variables: this.#variables };
  }

  #selections(selections: readonly Selection[], scope: Scope): string {
    const texts = selections.map((selection) =>
      selection.kind === "field" ? this.#field(selection, scope) : this.#fragment(selection, scope),
    );
    return `{ ${texts.join(" ")} }`;
  }

  #field({ name, alias, args, conditions, selections }: Field, scope: Scope): string {
    const given = args.map(([argument, value]) => `${argument}: ${this.#value(value)}`);
    const call = given.length === 0 ? name : `${name}(${given.join(", ")})`;
    const key = freeKey(scope, alias ?? name, call);
    const { inner } = scope.get(key) ?? taken(scope, key, call);
    const label = key === name ? call : `${key}: ${call}`;
    const body = selections === undefined ? "" : this.#selections(selections, inner);
    return [label, this.#conditions(conditions), body].join(" ");
  }

  #fragment({ on, name, conditions, selections }: Fragment, scope: Scope): string {
    const body = this.#selections(selections, scope);
    if (name === undefined || on === undefined) {
      return ["...", on === undefined ? "" : `on ${on}`, this.#conditions(conditions), body].join(" ");
    }
    const own = this.#fragmentName(name, `on ${on} ${body}`);
    return `...${own} ${this.#conditions(conditions)}`;
  }

  /** The same fragment again, or a new one, whose name is free. */
  #fragmentName(wanted: string, content: string): string {
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? wanted : `${wanted}${count}`;
      const text = `fragment ${name} ${content}`;
      const known = this.fragments.get(name);
      if (known !== undefined && known !== text) continue;
      this.fragments.set(name, text);
      return name;
    }
  }

  #conditions(conditions: readonly Condition[]): string {
    return conditions.map(({ directive, value }) => `@${directive}(if: ${this.#value(value)})`).join(" ");
  }

  #value(value: Value): string {
    return value.kind === "variable"
      ? `$${this.#variableName(value.variable)}`
      : literalOf(value, (inner) => this.#value(inner));
  }

  /** Variables that are the same in everything are one. */
  #variableName(variable: Variable): string {
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? variable.name : `${variable.name}${count}`;
      const known = this.#variables.get(name);
      if (known !== undefined && !isSame(known, variable)) continue;
      this.#variables.set(name, known ?? variable);
      return name;
    }
  }
}

function taken(scope: Scope, key: string, signature: string): Taken {
  const entry = { signature, inner: new Map() };
  scope.set(key, entry);
  return entry;
}

function freeKey(scope: Scope, wanted: string, signature: string): string {
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? wanted : `${wanted}${count}`;
    const known = scope.get(key);
    if (known === undefined || known.signature === signature) return key;
  }
}

function declaration(name: string, { type, byDefault }: Variable): string {
  return `$${name}: ${type}${byDefault === undefined ? "" : ` = ${literalOf(byDefault, literal)}`}`;
}

function isSame(a: Variable, b: Variable): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function literal(value: Value): string {
  return literalOf(value, literal);
}

/** @param inner how a value inside is written */
function literalOf(value: Value, inner: (value: Value) => string): string {
  switch (value.kind) {
    case "leaf":
      return value.literal;
    case "list":
      return `[${value.items.map(inner).join(", ")}]`;
    case "object":
      return `{${value.fields.map(([name, item]) => `${name}: ${inner(item)}`).join(", ")}}`;
    case "variable":
      throw new Error("a variable in a constant");
  }
}

export function jsonOf(value: Value): string {
  switch (value.kind) {
    case "leaf":
      return value.json;
    case "list":
      return `[${value.items.map(jsonOf).join(",")}]`;
    case "object":
      return objectJson(value.fields.map(([name, item]) => [name, jsonOf(item)]));
    case "variable":
      throw new Error("a variable in a constant");
  }
}

/** @param members each with its value as JSON */
export function objectJson(members: Iterable<readonly [string, string]>): string {
  return `{${Array.from(members, ([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}
