import { Kind, parse } from "graphql";
import { collectFields } from "graphql/execution/collectFields.js";

import { readConfig } from "../../src/config/index.js";
import { ownPlugins } from "../../src/server/apollo.js";
import { explorerPreset } from "../../src/server/index.js";
import { captureLog } from "../support/log-capture.js";
import { buildSchema } from "../../src/graphql/index.js";

/** What each plugin of the server does to a query that goes well, and how the fast path comes to the same. */
const heeded: Readonly<Record<string, string>> = {
  limits: "CompiledOperations.find enforces the same limits",
  nulledErrors: "touches errors only: a query with an error is handed over",
  requestErrors: "errors are handed over; the answer's length is bounded while it is written",
  legacyStatus: "touches the status 400 only: what is refused is handed over",
  operationLog: "FastListener reports by the same PrepareReport",
  subscriptions: "touches subscriptions, and mutations by GET: the fast path takes queries by POST",
  landingPage: "answers GET only: the fast path takes POST",
};

describe("what the fast path stands in for", () => {
  it("has no plugin that the fast path does not heed", () => {
    const config = readConfig({});
    const { logger } = captureLog();
    const prepareReport = () => () => undefined;
    const plugins = ownPlugins({ config, logger, preset: explorerPreset(), prepareReport });
    expect(Object.keys(plugins)).toEqual(Object.keys(heeded));
  });

  it("finds graphql's own collecting of fields where it was, with the parameters that it had", () => {
    const schema = buildSchema();
    const document = parse("{ a: __typename ... on Query { a: __typename b: __typename @skip(if: true) } }");
    const [operation] = document.definitions;
    const query = schema.getQueryType();
    if (operation?.kind !== Kind.OPERATION_DEFINITION || query == null) throw new Error("no operation");
    const fields = collectFields(schema, {}, {}, query, operation.selectionSet);
    expect([...fields].map(([key, nodes]) => [key, nodes.length])).toEqual([["a", 2]]);
  });
});
