import { readFileSync } from "node:fs";

import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { Kind, parse, validate } from "graphql";
import type { DocumentNode } from "graphql";
import ts from "typescript";
import { parseDocument } from "yaml";

import { useTestGateway } from "../support/gateway.js";
import { gatewaySdl } from "../support/supergraph.js";
import { codeBlocksOf, markdownFiles } from "./markdown.js";
import type { CodeBlock } from "./markdown.js";

const blocks = markdownFiles.flatMap(codeBlocksOf);

/** The blocks of a language, each with a name for its test. */
function blocksIn(...languages: readonly string[]): [string, CodeBlock][] {
  return blocks
    .filter(({ language }) => languages.includes(language))
    .map((block) => [`${block.file}:${block.line}`, block]);
}

const isOperation = ([, { text }]: [string, CodeBlock]): boolean =>
  parse(text).definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);

describe("a GraphQL block", () => {
  const gateway = useTestGateway();
  const schema = buildSubgraphSchema(parse(gatewaySdl));
  const graphql = blocksIn("graphql");
  const operations = graphql.filter(isOperation);

  it.each(operations)("that is an operation fits the schema: %s", (_place, { text }) => {
    expect(validate(schema, parse(text))).toEqual([]);
  });

  it.each(operations)("that is an operation is answered by the emulator: %s", async (_place, block) => {
    const { errors } = await gateway.query(block.text, variablesOf(block));
    expect(errors).toEqual([]);
  });

  it.each(graphql.filter((block) => !isOperation(block)))(
    "that is a neighbour's schema composes with the gateway's: %s",
    (_place, { text }) => {
      const { errors = [] } = composeServices([
        { name: "status-reasons", typeDefs: parse(gatewaySdl) },
        { name: "neighbour", typeDefs: neighbour(text) },
      ]);
      expect(errors).toEqual([]);
    },
  );
});

describe("a JSON block", () => {
  it.each(blocksIn("json"))("parses: %s", (_place, { text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});

describe("a YAML block", () => {
  it.each(blocksIn("yaml"))("parses: %s", (_place, { text }) => {
    expect(parseDocument(text).errors).toEqual([]);
  });
});

describe("a TypeScript or JavaScript block", () => {
  const code = blocksIn("ts", "tsx", "typescript", "js", "javascript");

  it.each(code)("parses: %s", (_place, { text }) => {
    const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
  });

  // What lint and the compiler check of the file, and the tests run, goes for the block too.
  it.each(code.filter(([, { marks }]) => marks.length > 0))(
    "that names a file is in it, word for word: %s",
    (_place, { text, marks: [file = ""] }) => {
      expect(readFileSync(file, "utf8")).toContain(text);
    },
  );
});

/** The block right after an operation, where it is marked as its variables. */
function variablesOf(block: CodeBlock): object {
  const next = blocks[blocks.indexOf(block) + 1];
  return next?.marks.includes("variables") === true ? (JSON.parse(next.text) as object) : {};
}

/** What a neighbour writes above its types, and a query, without which there is no subgraph. */
function neighbour(types: string): DocumentNode {
  return parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])
    type Query { neighbours: [ID!]! }
    ${types}
  `);
}
