import base from "./jest.config.js";

/**
 * The tests of the package as others install it.
 *
 * @type {import("jest").Config}
 */
const config = {
  ...base,
  testMatch: ["<rootDir>/test/package/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 240_000,
};

export default config;
