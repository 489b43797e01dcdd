import fc from "fast-check";

import { fileFormats, separatorNames } from "../../../src/cli/reasons.arguments.js";
import type { FileFormat } from "../../../src/cli/reasons.arguments.js";
import { formatOfName, readReasonFile, writeReasonFile } from "../../../src/cli/reasons/file/index.js";
import type { WriteOptions } from "../../../src/cli/reasons/file/index.js";
import { textKey } from "../../../src/upstream/api/status-reason.record.js";
import type { StatusReasonRecord } from "../../../src/upstream/api/status-reason.record.js";
import { hostileText } from "../../support/hostile-text.js";

const read = (content: string | Buffer, format: FileFormat = "csv", name = "reasons.csv") =>
  readReasonFile(Buffer.from(content), format, name);
const textsIn = (content: string | Buffer, format: FileFormat = "csv") =>
  read(content, format).reasons.map(({ text }) => text);

/** What a reader of files says about one, line by line. */
function problemsOf(content: string | Buffer, format: FileFormat = "csv"): string[] {
  try {
    read(content, format, "f");
  } catch (error) {
    return (error as Error).message.split("\n");
  }
  return [];
}

const id = fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }).map(String);

const records: fc.Arbitrary<StatusReasonRecord[]> = fc
  .uniqueArray(
    fc.record({
      id,
      text: hostileText,
      state: fc.constantFrom("ONLINE", "OCCUPIED", "AWAY", "BACK_SOON"),
      enabled: fc.boolean(),
    }),
    { selector: ({ text }) => textKey(text), maxLength: 20 },
  )
  .filter((items) => new Set(items.map((item) => item.id)).size === items.length)
  .map((items) => items.map((item) => ({ ...item, accountId: "1", deleted: false, attributes: {} })));

const options: fc.Arbitrary<WriteOptions> = fc.record({
  format: fc.constantFrom(...fileFormats),
  withIds: fc.boolean(),
  separator: fc.constantFrom(...separatorNames),
});

describe("a file of reasons", () => {
  it("says the same when it is read as when it was written, in every format", () => {
    fc.assert(
      fc.property(records, options, (reasons, as) => {
        const expected = reasons.map(({ id: own, text, state, enabled }) => ({
          ...(as.withIds && { id: own }),
          text,
          state,
          enabled,
        }));
        const file = read(writeReasonFile(reasons, as), as.format);
        expect(file.reasons).toEqual(expected);
        expect(file.isWindows1252).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["reasons.csv", "csv"],
    ["reasons.JSON", "json"],
    ["a.b/reasons.yml", "yaml"],
    ["reasons.yaml", "yaml"],
    ["reasons.xlsx", undefined],
    ["reasons", undefined],
    ["-", undefined],
  ])("has by its name %s the format %s", (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });
});

describe("CSV of a spreadsheet", () => {
  const lunch = { text: "Lunch", state: "AWAY", enabled: true };
  const bom = "\uFEFF";

  it.each<[string, string | Buffer]>([
    ["with its columns in another order and case", "Enabled,TEXT, State\nTRUE,Lunch,Away\n"],
    ["with semicolons", "text;state;enabled\nLunch;Away;1\n"],
    ["with tabs", "text\tstate\tenabled\nLunch\taway\tyes\n"],
    ["with a byte order mark", `${bom}text,state,enabled\r\nLunch,AWAY,true\r\n`],
    ["with CR LF, empty lines and empty rows", '\r\ntext;state\r\n\r\n;\r\n"Lunch";Away\r\n; \r\n'],
    ["with CR alone", "text,state\rLunch,Away\r"],
    ["with a line that names the separator", "sep=;\r\ntext;state\r\nLunch;Away\r\n"],
    ["with quotes around everything", '"text","state","enabled"\n"Lunch","Away","Yes"'],
    ["with columns that have no name and no content", "text,state,,\nLunch,Away,,\n"],
    ["with empty cells", "id,text,state,enabled\n,Lunch,,\n"],
    ["with short rows", "text,state,enabled\nLunch\n"],
    ["in UTF-16, little-endian", Buffer.from(`${bom}text\tstate\r\nLunch\tAway\r\n`, "utf16le")],
    ["in UTF-16, big-endian", Buffer.from(`${bom}text\tstate\r\nLunch\tAway\r\n`, "utf16le").swap16()],
  ])("is read %s", (_what, content) => {
    expect(read(content).reasons).toEqual([lunch]);
  });

  it.each<[string, boolean]>([
    ["TRUE", true],
    ["yes", true],
    ["1", true],
    ["False", false],
    ["NO", false],
    ["0", false],
    ["WAHR", true],
    ["FAUX", false],
  ])("has %s for a truth value", (word, enabled) => {
    expect(read(`text,enabled\nLunch,${word}`).reasons).toMatchObject([{ enabled }]);
  });

  it("is read as Windows-1252 where it is no Unicode text, and says so", () => {
    const file = read(Buffer.from("text;state\r\nB\xfcro \x80 5;Away\r\n", "latin1"));
    expect(file.reasons).toMatchObject([{ text: "Büro € 5" }]);
    expect(file.isWindows1252).toBe(true);
  });

  it("keeps separators, quotes and line breaks within quotes", () => {
    expect(textsIn('text,state\n"a, ""b""; c\r\nd",Away\n')).toEqual(['a, "b"; c\r\nd']);
  });

  it.each([
    ["=1+1", "=1+1"],
    ["'=1+1", "=1+1"],
    ["''=1+1", "'=1+1"],
    ["'-", "-"],
    ["O'Neill", "O'Neill"],
    ["'n' sync", "'n' sync"],
  ])("has in the cell %s the text %s", (cell, text) => {
    expect(textsIn(`text\n${cell}\n`)).toEqual([text]);
  });
});

describe("CSV for a spreadsheet", () => {
  const as = { format: "csv", withIds: false, separator: "comma" } as const;

  it("has a byte order mark, so that its letters are right, and CR LF", () => {
    expect(writeReasonFile([record("Büro")], as)).toBe('\uFEFFtext,state,enabled\r\n"Büro",AWAY,true\r\n');
  });

  it("runs nothing, whatever a text begins with", () => {
    const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1", "＝1", "'=1"];
    const cells = writeReasonFile(
      texts.map((text) => record(text)),
      as,
    )
      .split("\r\n")
      .slice(1, -1);
    expect(cells).toEqual(texts.map((text) => `"'${text}",AWAY,true`));
  });

  it("has ids that a spreadsheet does not round", () => {
    const options = { ...as, withIds: true, separator: "semicolon" } as const;
    const written = writeReasonFile([record("a"), record("b", "9007199254741001")], options);
    expect(written.split("\r\n").slice(1, -1)).toEqual([
      "725987312;a;AWAY;true",
      `"'9007199254741001";b;AWAY;true`,
    ]);
  });
});

describe("YAML and JSON", () => {
  const expected = [
    { text: "Lunch", state: "BACK_SOON", enabled: false, id: "9007199254740993" },
    { text: "Training", state: "AWAY", enabled: true },
  ];

  it("have exact ids, as numbers too, and may leave out what new reasons have", () => {
    const yaml = `
reasons:
  - text: Lunch   # with a comment
    state: Back Soon
    enabled: no
    id: 9007199254740993
  - text: Training
    id:
`;
    const json = `{\n\t"reasons": [\n\t\t{"id": 9007199254740993, "text": "Lunch", "state": "back soon", "enabled": false},\n\t\t{"text":"Training"}\n\t]\n}`;
    expect(read(yaml, "yaml").reasons).toEqual(expected);
    expect(read(json, "json").reasons).toEqual(expected);
  });

  it("are written as people, other parsers and the mutation read them", () => {
    const reasons = [{ ...record("no"), enabled: false }];
    const options = { withIds: false, separator: "comma" } as const;
    expect(writeReasonFile(reasons, { ...options, format: "yaml" })).toBe(
      'reasons:\n  - text: "no"\n    state: AWAY\n    enabled: false\n',
    );
    expect(JSON.parse(writeReasonFile(reasons, { ...options, format: "json" }))).toEqual({
      reasons: [{ text: "no", state: "AWAY", enabled: false }],
    });
  });

  it("are the same where both can be read", () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const indents = fc.constantFrom(undefined, 2, "\t");
    fc.assert(
      fc.property(fc.array(value), indents, (reasons, indent) => {
        const json = JSON.stringify({ reasons }, null, indent);
        expect(problemsOf(json, "json")).toEqual(problemsOf(json, "yaml"));
      }),
    );
  });
});

function record(text: string, id = "725987312"): StatusReasonRecord {
  return { accountId: "1", id, text, state: "AWAY", enabled: true, deleted: false, attributes: {} };
}

describe("what is wrong with a file", () => {
  const tooMany = `text\n${Array.from({ length: 101 }, (_, index) => `Reason ${index}`).join("\n")}\n`;

  it.each<[FileFormat, string, string[]]>([
    ["csv", "", ["f: is empty: the first line must name the columns"]],
    [
      "csv",
      "name,state\nLunch,Away\n",
      [expect.stringMatching(/^f:1: the first row must name the columns/) as string],
    ],
    ["csv", "text,state,State\n", ['f:1: has two columns "state"']],
    [
      "csv",
      "text,colour\nLunch,red\n",
      ['f:2: "colour" is not a field of a reason; those are id, text, state, enabled'],
    ],
    ["csv", "text,state\n\nLunch,Away,what\n", [expect.stringMatching(/^f:3: "" is not a field/) as string]],
    [
      "csv",
      'text,state\n"a\r\nb",Away\r\n,Away\nx,y\n',
      ["f:4: text is missing", expect.stringMatching(/^f:5: state must be one of ONLINE/) as string],
    ],
    ["csv", "text,enabled\nLunch,maybe\n", ["f:2: enabled must be true or false"]],
    ["csv", 'text\n\n"Lunch\nTraining\n', ["f:3: a quote is opened and never closed"]],
    [
      "csv",
      'text\nLunch\n5" disk\n',
      [expect.stringMatching(/^f:3: a quote stands within a cell/) as string],
    ],
    [
      "csv",
      "text,id\na,9.00719E+15\n",
      [expect.stringMatching(/^f:2: id must be a positive 64-bit integer, digit for digit/) as string],
    ],
    ["csv", tooMany, ["f:102: has 101 reasons: at most 100 are possible"]],
    ["yaml", "- text: Lunch\n", ['f:1:1: must be an object with a list "reasons", and nothing else']],
    ["yaml", "", ['f: must be an object with a list "reasons", and nothing else']],
    [
      "yaml",
      "reasons: []\nversion: 1\n",
      ['f:1:1: must be an object with a list "reasons", and nothing else'],
    ],
    [
      "yaml",
      "reasons:\n  - txt: Lunch\n",
      ["f:2:5: text is missing", expect.stringMatching(/^f:2:5: "txt" is not a field/) as string],
    ],
    [
      "yaml",
      "reasons:\n  - text: 12\n  - Lunch\n",
      [
        "f:2:5: text must be a text: put it into quotes",
        expect.stringMatching(/^f:3:5: must be an object/) as string,
      ],
    ],
    [
      "yaml",
      "reasons:\n  - text: a\n    text: b\n",
      [expect.stringMatching(/^f:3:5: Map keys must be unique/) as string],
    ],
    ["yaml", "reasons:\n  - text: a\n    id: 1.5\n", [expect.stringMatching(/^f:3:5: id must be/) as string]],
    ["yaml", "reasons: [{text: a}\n", [expect.stringMatching(/^f:\d:\d+: /) as string]],
    [
      "json",
      '{"reasons": [{"text": "a",}]}',
      [expect.stringMatching(/^f: is YAML, but no JSON: /) as string],
    ],
    [
      "json",
      '{"reasons": [\n{"text": "a", "state": 3}]}',
      [expect.stringMatching(/^f:2:15: state must be one of/) as string],
    ],
  ])("is said with the place: %s %j", (format, content, problems) => {
    expect(problemsOf(content, format)).toEqual(problems);
  });

  it("is said of twenty places, and how many more there are", () => {
    const problems = problemsOf(`text,state\n${"x,y\n".repeat(30)}`);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe("f: and 10 more");
  });

  it("is that it is not in UTF-8, where it is no CSV", () => {
    expect(problemsOf(Buffer.from('{"reasons":[{"text":"B\xfcro"}]}', "latin1"), "json")).toEqual([
      "f: is not in UTF-8",
    ]);
  });

  it("is that it grows where it is read", () => {
    const yaml = `reasons:\n  - text: x\n    state: &b ["x"]\n    id: [${"*b,".repeat(200)}]\n`;
    expect(problemsOf(yaml, "yaml")).toEqual([expect.stringMatching(/alias/i)]);
  });

  it("cannot act on a terminal", () => {
    expect(problemsOf("text,\u001b[2J\nLunch,x\n").join()).not.toContain("\u001b");
  });
});
