import { getMetadataStorage } from "class-validator";
import type { ValidationMetadata } from "class-validator/types/metadata/ValidationMetadata.js";

import { errorCodes, isErrorCode } from "../../src/graphql/errors/error-codes.js";
import { buildSchema } from "../../src/graphql/schema.js";
import { startTestGateway } from "../support/gateway.js";
import { errorCases } from "./error-cases.js";
import { codeBlocksOf, tableRowsOf } from "./markdown.js";
import type { Provocation } from "./provocation.js";

const file = "docs/errors.md";

/** The row of each code. */
const rows = new Map(
  tableRowsOf(file)
    .filter(({ cells }) => "code" in cells)
    .map(({ cells }) => [cells["code"]?.replaceAll("`", ""), cells]),
);

/** The examples, by their code and what they are an example of, which their blocks are marked with. */
const examples = new Map(
  codeBlocksOf(file)
    .filter(({ language, marks: [code = ""] }) => language === "json" && isErrorCode(code))
    .map(({ marks, text }) => [marks.join(" "), JSON.parse(text) as { extensions: { retryable: boolean } }]),
);

const cases = Object.entries(errorCases).flatMap(([code, provocations]) =>
  Object.entries(provocations).map(([name, provocation]) => ({ code, name, provocation })),
);

describe("docs/errors.md", () => {
  it("has every code, and when it is retryable, as the gateway does", () => {
    const documented = [...rows].map(([code, cells]) => [code, cells["retryable"]]);
    expect(documented.sort()).toEqual(Object.entries(errorCodes).sort());
  });

  it("has an example of each case, and of no other", () => {
    expect([...examples.keys()].sort()).toEqual(cases.map(({ code, name }) => `${code} ${name}`).sort());
  });

  it("names every rule that an input can break", () => {
    const named = tableRowsOf(file).flatMap(
      ({ cells: { constraint = "" } }) => constraint.match(/\w+/g) ?? [],
    );
    // Of a representation, which no class stands for, one rule more.
    expect(named.sort()).toEqual([...inputRules(), "isEntity"].sort());
  });

  it.each(cases)("shows $code $name as it is", async ({ code, name, provocation }) => {
    const example = examples.get(`${code} ${name}`);
    const { status, error } = await provoked(provocation);
    expect(error).toEqual(example);
    expect(rows.get(code)?.["HTTP"]).toContain(String(status));
    const possible = { yes: [true], no: [false], reads: [true, false] }[
      errorCodes[code as keyof typeof errorCodes]
    ];
    expect(possible).toContain(example?.extensions.retryable);
  });
});

/** The names of all rules on the inputs of the schema. */
function inputRules(): ReadonlySet<string> {
  buildSchema();
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: ReadonlyMap<unknown, readonly ValidationMetadata[]>;
  };
  const rules = [...validationMetadatas.values()].flat();
  return new Set(rules.flatMap(({ type, name = "" }) => (type === "nestedValidation" ? [] : [name])));
}

/** The only error of an answer, without what differs each time. */
async function provoked({ env, options, provoke }: Provocation) {
  const gateway = await startTestGateway(env, options);
  const { status, text } = await provoke(gateway);
  await gateway.stop();
  const masked = (name: string, value: unknown): unknown => {
    if (name === "requestId") return "…";
    return name === "locations" ? undefined : value;
  };
  const { errors } = JSON.parse(text, masked) as { errors: unknown[] };
  expect(errors).toHaveLength(1);
  return { status, error: errors[0] };
}
