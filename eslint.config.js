import eslint from "@eslint/js";
import graphql from "@graphql-eslint/eslint-plugin";
import tseslint from "typescript-eslint";

/** The house, bottom floor first: a floor imports only floors below it. */
const floors = [
  ["config", "logger", "metrics"],
  ["upstream"],
  ["loaders"],
  ["graphql"],
  ["server", "login"],
  ["composition"],
  ["emulator"],
  ["gateway"],
  ["index", "commands"],
  ["main"],
];

/** Matches an import of `name`, be it a file or a folder of `src`, from whatever depth. */
const importOf = (name) => `^(\\.{1,2}/)+${name}(/|\\.js$)`;

/** Forbids `files` the import of the parts of `src` named in `names`. */
function forbid(files, names, message) {
  return {
    files,
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: names.map(importOf).join("|"), message, caseSensitive: true }] },
      ],
    },
  };
}

const floorRules = floors.slice(0, -1).map((floor, index) =>
  forbid(
    floor.flatMap((name) => [`src/${name}.ts`, `src/${name}/**/*.ts`]),
    floors.slice(index + 1).flat(),
    "A floor imports only floors below it (see the README's map of the floors).",
  ),
);

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
  // What has an identity has an id; pages, payloads and an agent's status have none.
  "@graphql-eslint/strict-id-in-types": [
    "error",
    { exceptions: { suffixes: ["Page", "Payload", "Collection", "Status"] } },
  ],
};

const operationRules = graphql.configs["flat/operations-recommended"].rules;

export default tseslint.config(
  // The examples are packages of their own, with their own checks.
  { ignores: ["dist/", "examples/", "coverage/", "src/operations.ts"] },
  {
    // The schema is linted as one document, operations against it.
    files: ["schema/schema.graphql", "schema/operations/*.graphql"],
    plugins: { "@graphql-eslint": graphql },
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
    // The classes of the schema only describe shapes: TypeGraphQL asks for no instances of them.
    files: ["src/graphql/**/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-class-instance-assignment": "off" },
  },
  ...floorRules,
  forbid(
    ["src/emulator/**/*.ts"],
    [...floors.flat().filter((name) => !["upstream", "emulator"].includes(name)), "upstream/(?!wire/).+"],
    "The emulator stands in for the upstream: of the gateway it knows the wire types only.",
  ),
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
