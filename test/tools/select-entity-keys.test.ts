import graphql from "@graphql-eslint/eslint-plugin";
import { Linter } from "eslint";
import type { Rule } from "eslint";

const selectEntityKeys = jest.requireActual<Rule.RuleModule>("../../tools/lint/select-entity-keys.cjs");

const schema = `
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT
  type Query { agent: Agent, list: [Agent!]!, page: Page! }
  type Page { id: ID!, agents: [Agent!]! }
  type Agent @key(fields: "accountId id") { accountId: ID!  id: ID!  name: String  group: Group }
  type Group @key(fields: "code", resolvable: false) { code: ID!  name: String }
`;

/** What the rule says of a document. */
function lint(document: string): string[] {
  const found = new Linter().verify(
    document,
    {
      files: ["**/*.graphql"],
      plugins: { own: { rules: { "select-entity-keys": selectEntityKeys } } },
      languageOptions: {
        parser: graphql.parser,
        parserOptions: { graphQLConfig: { schema, documents: document } },
      },
      rules: { "own/select-entity-keys": "error" },
    },
    "operations.graphql",
  );
  return found.map(({ message }) => message);
}

describe("the lint rule select-entity-keys", () => {
  it.each([
    "query A { agent { accountId id name group { code } } }",
    "query B { agent { ...Keys name } } fragment Keys on Agent { accountId id }",
    "query C { agent { ... on Agent { accountId } id } }",
    "query D { page { id } }",
  ])("accepts %s", (document) => {
    expect(lint(document)).toEqual([]);
  });

  it.each([
    ["query E { list { id } }", "Agent is selected without accountId, which caches identify it by."],
    ["query F { agent { name } }", "Agent is selected without accountId, id, which caches identify it by."],
    [
      "query G { page { agents { accountId key: id } } }",
      "Agent is selected without id, which caches identify it by.",
    ],
    [
      "fragment H on Agent { accountId id group { name } }",
      "Group is selected without code, which caches identify it by.",
    ],
  ])("refuses %s", (document, message) => {
    expect(lint(document)).toEqual([message]);
  });
});
