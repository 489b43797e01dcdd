import base from "./jest.config.js";

/**
 * The image's steps, run without an engine: they install from the registry, which takes a minute.
 *
 * @type {import("jest").Config}
 */
const config = {
  ...base,
  testMatch: ["<rootDir>/test/deploy/image/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 600_000,
};

export default config;
