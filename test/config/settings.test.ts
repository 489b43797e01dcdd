import { readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

import { allSettings } from "../../src/config/index.js";

/** A program of somebody who types settings into an editor. */
const program = join(__dirname, "program.ts");

/** What the editor knows about a setting in `createGateway({ <text> })`. */
function editorOf(text: string) {
  const source = `import type { Settings } from "../../src/generated/settings.js";
    declare function createGateway(settings?: Settings): void;
    createGateway({ ${text} });`;
  const read = (path: string): string => (path === program ? source : readFileSync(path, "utf8"));
  const service = ts.createLanguageService({
    getScriptFileNames: () => [program],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => ts.ScriptSnapshot.fromString(read(path)),
    getCurrentDirectory: () => __dirname,
    getCompilationSettings: () => ({
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      module: ts.ModuleKind.NodeNext,
      types: [],
    }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (path) => path === program || ts.sys.fileExists(path),
    readFile: read,
  });
  const info = service.getQuickInfoAtPosition(program, source.indexOf(text));
  return {
    problems: service
      .getSemanticDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    shown: ts.displayPartsToString(info?.documentation),
    defaults: info?.tags?.map(({ name, text: parts }) => `${name} ${ts.displayPartsToString(parts)}`),
  };
}

describe("the types of the settings", () => {
  it("show an editor the description, the values and the default", () => {
    expect(editorOf("PORT: 0")).toEqual({
      problems: [],
      shown: "The port that the gateway listens on; 0 takes any free one.\n\nValues: 0 to 65535.",
      defaults: ["default 4000"],
    });
    expect(editorOf('CORS_ORIGINS: "*"').defaults).toEqual(["default *; in production none"]);
  });

  it.each([
    `PORT: "8080", LOG_LEVEL: "silent", READYZ_FAILS_ON_OPEN_CIRCUIT: true`,
    `UPSTREAM: "https://upstream.example", ACCOUNTS: "1,2", SUBGRAPH_SDL: "false"`,
    `GATEWAY_API_KEYS_FILE: "/run/secrets/keys", PORT: undefined`,
  ])("take %s", (text) => {
    expect(editorOf(text).problems).toEqual([]);
  });

  it.each([
    ["PORT: true", /'true' is not assignable/],
    [`LOG_LEVEL: "loud"`, /"loud".*not assignable/],
    ["ACCOUNTS: 12345678", /number.*not assignable/],
    ["READYZ_FAILS_ON_OPEN_CIRCUIT: 1", /not assignable/],
    ["PROT: 0", /'PROT' does not exist/],
    ["PORT_FILE: '/port'", /'PORT_FILE' does not exist/],
  ])("do not compile with %s", (text, problem) => {
    expect(editorOf(text).problems).toEqual([expect.stringMatching(problem)]);
  });
});

it("every setting has a name of its own, a description and values", () => {
  expect(new Set(allSettings.map(({ name }) => name)).size).toBe(allSettings.length);
  for (const { name, description, values } of allSettings) {
    expect(name).toMatch(/^[A-Z][A-Z_]+$/);
    expect([name, description]).toEqual([name, expect.stringMatching(/^[`A-Z].*\.$/)]);
    expect([name, values]).toEqual([name, expect.stringMatching(/./)]);
  }
});
