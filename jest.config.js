/** Jest runs the ESM sources as CommonJS through swc: no vm-modules flag is needed and `graphql` is loaded once, in one realm. */
const project = {
  testEnvironment: "node",
  testMatch: ["**/*.test.ts"],
  setupFiles: ["reflect-metadata"],
  setupFilesAfterEnv: ["<rootDir>/test/support/fail-on-output.ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: "es2022",
        },
        module: { type: "commonjs" },
      },
    ],
  },
  errorOnDeprecated: true,
  restoreMocks: true,
};

/** The projects that need more than Node: each has a script of its own. */
const special = {
  // The system's Chromium, and the built status board.
  browser: { folder: "test/browser", testTimeout: 60_000 },
  // The package, packed and installed from the registry as others install it.
  package: { folder: "test/package", testTimeout: 240_000 },
  // The image's steps, run without an engine: they install from the registry, which takes a minute.
  image: { folder: "test/deploy/image", testTimeout: 600_000 },
};

const folders = Object.values(special).map(({ folder }) => `<rootDir>/${folder}/`);

/** @type {import("jest").Config} */
const config = {
  projects: [
    {
      ...project,
      displayName: "gateway",
      roots: ["<rootDir>/test"],
      testPathIgnorePatterns: ["/node_modules/", ...folders],
      // For slow machines only: no test waits for time to pass.
      testTimeout: 30_000,
    },
    ...Object.entries(special).map(([displayName, { folder, testTimeout }]) => ({
      ...project,
      displayName,
      roots: [`<rootDir>/${folder}`],
      testTimeout,
    })),
  ],
};

export default config;
