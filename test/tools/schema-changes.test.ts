import { readFileSync } from "node:fs";

import { schemaProblems } from "../../tools/schema-changes.js";

const reason = "Use `new` instead. (since 2026-11-25)";
const deprecated = `@deprecated(reason: "${reason}")`;

type Kind = "field" | "argument" | "input field" | "enum value";

/**
 * A schema with one of everything that can be deprecated.
 *
 * @param mark on each of them
 * @param removed what is left out
 */
function schema(mark = "", removed?: Kind): string {
  const unless = (kind: Kind, text: string) => (kind === removed ? "" : `${text} ${mark}`);
  return `
    type Query {
      new: State
      ${unless("field", `old(kept: Int ${unless("argument", "gone: Int")}): State`)}
      filtered(by: Filter): Int
    }
    input Filter { kept: Int ${unless("input field", "gone: Int")} }
    enum State { KEPT ${unless("enum value", "GONE")} }
  `;
}

/** The message of each removal. */
const messages: Readonly<Record<Kind, string>> = {
  field: "Field 'old' was removed from object type 'Query'",
  argument: "Argument 'gone: Int' was removed from field 'Query.old'",
  "input field": "Input field 'gone' was removed from input object type 'Filter'",
  "enum value": "Enum value 'GONE' was removed from enum 'State'",
};

const kinds = Object.keys(messages) as Kind[];

describe("the check of the schema's changes", () => {
  it("finds nothing in what is committed", async () => {
    const read = (file: string) => readFileSync(`schema/${file}`, "utf8");
    const accepted = JSON.parse(read("accepted-changes.json")) as Record<string, string>;
    const changes = { released: read("released.graphql"), current: read("schema.graphql"), accepted };
    expect(await schemaProblems(changes)).toEqual([]);
  });

  it("lets additions and deprecations pass", async () => {
    const current = `${schema(deprecated)} type New { id: ID! }`;
    expect(await schemaProblems({ released: schema(), current, accepted: {} })).toEqual([]);
  });

  it.each(kinds)("wants the removal of what is deprecated accepted with a reason: %s", async (kind) => {
    const changes = { released: schema(deprecated), current: schema(deprecated, kind) };
    // No argument is reported as deprecated.
    const message = messages[kind].replace(/^(?!Arg)(.*) was/, "$1 (deprecated) was");
    expect(await schemaProblems({ ...changes, accepted: {} })).toEqual([
      expect.stringContaining(`Breaks clients of the last release: ${message}`),
    ]);
    expect(await schemaProblems({ ...changes, accepted: { [message]: "2.0.0" } })).toEqual([]);
  });

  it.each(kinds)("refuses the removal of what the release does not deprecate: %s", async (kind) => {
    const released = schema();
    const current = schema("", kind);
    const message = messages[kind];
    expect(await schemaProblems({ released, current, accepted: { [message]: "Nobody uses it." } })).toEqual([
      `Removed, but the last release does not deprecate it: ${message}`,
    ]);
  });

  it("wants other breaking changes accepted only: a type of a field cannot be deprecated", async () => {
    const current = schema().replace("new: State", "new: State!").replace("by: Filter", "by: Filter!");
    const message = "Type for argument 'by' on field 'Query.filtered' changed from 'Filter' to 'Filter!'";
    const problems = await schemaProblems({ released: schema(), current, accepted: {} });
    expect(problems).toEqual([expect.stringContaining(`Breaks clients of the last release: ${message}`)]);
  });

  it.each(["Use `new` instead.", "(since 2026-11-25)", "Use `new` instead. (since 2026-13-45)"])(
    "refuses a deprecation whose reason has no text or no day: %s",
    async (text) => {
      const current = schema(`@deprecated(reason: "${text}")`);
      const problems = await schemaProblems({ released: schema(), current, accepted: {} });
      expect(problems.map((line) => /^The deprecation of (\S+)/.exec(line)?.[1]).sort()).toEqual([
        "Filter.gone",
        "Query.old",
        "Query.old.gone",
        "State.GONE",
      ]);
    },
  );

  it("reports what is accepted, but did not happen", async () => {
    const problems = await schemaProblems({
      released: schema(),
      current: schema(),
      accepted: { Gone: "why" },
    });
    expect(problems).toEqual([expect.stringContaining("there is no such change: Gone")]);
  });
});
