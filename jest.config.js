/**
 * Jest runs the ESM sources as CommonJS through swc: no vm-modules flag is needed and `graphql` is
 * loaded once, in one realm.
 *
 * @type {import("jest").Config}
 */
const config = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // They need a browser, or install packages: jest.browser.config.js, jest.package.config.js, jest.deploy.config.js.
  testPathIgnorePatterns: [
    "/node_modules/",
    "<rootDir>/test/browser/",
    "<rootDir>/test/package/",
    "<rootDir>/test/deploy/image/",
  ],
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
  // For slow machines only: no test waits for time to pass.
  testTimeout: 30_000,
};

export default config;
