import eslint from "@eslint/js";
import graphql from "@graphql-eslint/eslint-plugin";
import tseslint from "typescript-eslint";

import selectEntityKeys from "./tools/lint/select-entity-keys.cjs";

/** A folder is entered by its index.ts; those of src/upstream are folders of their own. */
const frontDoor = {
  regex: String.raw`^(?:\./|(?:\.\./)+)(?!(?:upstream/)?[^./]+/index\.js$)[^./]+/`,
  message: "Import what a folder's index.ts exports, and nothing else of the folder.",
  caseSensitive: true,
};

const schemaRules = {
  ...graphql.configs["flat/schema-recommended"].rules,
  "@graphql-eslint/require-description": [
    "error",
    {
      types: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      DirectiveDefinition: true,
    },
  ],
  // What has an identity has an id; pages, payloads, changes and an agent's status have none.
  "@graphql-eslint/strict-id-in-types": [
    "error",
    {
      exceptions: {
        types: ["PlannedStatusReason"],
        suffixes: [
          "Page",
          "Payload",
          "Collection",
          "Change",
          "Status",
          "Connection",
          "Info",
          "Time",
          "Usage",
          "Report",
          "Conflict",
          "Count",
          "Error",
          "Summary",
        ],
      },
    },
  ],
};

const operationRules = {
  ...graphql.configs["flat/operations-recommended"].rules,
  // Of all the keys of an entity, not of `id` alone.
  "@graphql-eslint/require-selections": "off",
  "own/select-entity-keys": "error",
};

export default tseslint.config(
  // The examples are packages of their own, with their own checks.
  {
    ignores: [
      "bundle/",
      "bundle-test/",
      "dist/",
      "dist-test/",
      "examples/",
      "coverage/",
      "src/generated/operations.ts",
      "packages/client/dist/",
      "packages/client/src/documents.ts",
    ],
  },
  {
    // The schema is linted as one document, operations against it.
    files: ["schema/schema.graphql", "schema/operations/*.graphql"],
    plugins: { "@graphql-eslint": graphql, own: { rules: { "select-entity-keys": selectEntityKeys } } },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: {
        graphQLConfig: { schema: "schema/schema.graphql", documents: "schema/operations/*.graphql" },
      },
    },
  },
  { files: ["schema/schema.graphql"], rules: schemaRules },
  { files: ["schema/operations/*.graphql"], rules: operationRules },
  {
    files: ["**/*.{js,ts}"],
    extends: [
      eslint.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-console": "error",
      // `== null` stands for null and undefined alike.
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [frontDoor] }] },
  },
  {
    // The classes of the schema only describe shapes: TypeGraphQL asks for no instances of them.
    files: ["src/graphql/**/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-class-instance-assignment": "off" },
  },
  {
    // Plain JavaScript configuration has no type information worth checking.
    files: ["**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // Its own tsc knows the names and the types.
    files: ["bench/**/*.js"],
    rules: { "no-undef": "off" },
  },
);
