import { emulatorAccountId, emulatorEmptyAccountId } from "../../src/emulator/seed/seed.js";

/** An endless source of documents, all different. */
export interface DocumentFamily {
  readonly name: string;
  readonly document: (index: number) => string;
  /** The number of documents in a round: enough to show a leak. */
  readonly count: number;
  readonly hasToken: boolean;
}

const account = `accountId: "${emulatorAccountId}"`;

function times(count: number, textOf: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => textOf(index)).join(" ");
}

/** Aliased fields. The aliases begin with `prefix` and are short. */
function aliasesOfId(count: number, prefix = ""): string {
  return times(count, (field) => `${prefix}_${field.toString(36)}:id`);
}

/** A short source that is expensive to execute and to compile: 10 agents with the fields of one fragment each. */
function wide(fields: string): string {
  const agents = times(10, (agent) => `a${agent}:agent(${account},id:"5"){...F}`);
  return `{${agents}} fragment F on Agent{${fields}}`;
}

const usual = wide(aliasesOfId(190));

/** Each fragment spreads the next one several times, under different aliases. */
function nestedFragments(index: number): string {
  const fragment = (level: number, rest: string): string =>
    `fragment F${level} on StatusReason{id text state enabled deleted ${rest}}`;
  const inner = (level: number): string =>
    times(11, (branch) => `n${branch}:agents(limit:1){nodes{status{reason{...F${level}}}}}`);
  const representation = `{__typename:"StatusReason",${account},id:"${index}"}`;
  const root = `{_entities(representations:[${representation}]){...F0}}`;
  return [root, fragment(0, inner(1)), fragment(1, inner(2)), fragment(2, aliasesOfId(10))].join(" ");
}

/** The many rows of one account. Their JSON is worth caching only if it is requested again. */
function aliasesOfRows(index: number): string {
  const list = `statusReasons(accountId: "${emulatorEmptyAccountId}", filter: { enabled: true })`;
  const fields = times(4, (field) => `t${index}_${field}: text`);
  return `{ ${times(10, (alias) => `l${alias}: ${list} { nodes { id ${fields} } }`)} }`;
}

const families: Record<string, Pick<DocumentFamily, "document" | "count">> = {
  "comments at the end": { document: (index) => `${usual} # ${index}`, count: 200 },
  "comments and commas inside": {
    document: (index) => `{ ${",".repeat(index % 50)} # ${index}\n ${usual.slice(1)}`,
    count: 100,
  },
  aliases: { document: (index) => wide(aliasesOfId(190, `f${index.toString(36)}`)), count: 150 },
  "nested fragments": { document: nestedFragments, count: 60 },
  "operation names": {
    document: (index) => `query Named${index} { agent(${account}, id: "5") { id } }`,
    count: 500,
  },
  "operations of one document": {
    document: (index) => `query A${index} ${usual} ${times(20, (other) => `query B${other} { __typename }`)}`,
    count: 60,
  },
  "long texts": {
    document: (index) =>
      `{ statusReasons(${account}, filter: { text: "${"x".repeat(9_000)}${index}" }) { totalCount } }`,
    count: 100,
  },
};

/** Sends each document with a token and without one, except those that need a token. */
export const documentFamilies: readonly DocumentFamily[] = [
  ...Object.entries(families).flatMap(([name, family]) =>
    [true, false].map((hasToken) => ({
      name: `${name}${hasToken ? "" : ", no token"}`,
      ...family,
      hasToken,
    })),
  ),
  { name: "aliases of many rows", document: aliasesOfRows, count: 15, hasToken: true },
];
