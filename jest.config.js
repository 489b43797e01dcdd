import { compilation } from "./test/support/build-sources.js";

/**
 * Jest runs the ESM sources as CommonJS through swc: no vm-modules flag is needed. Test files share one realm and the
 * packages in it, so that a file costs what its tests do.
 */
const project = {
  testEnvironment: "<rootDir>/test/support/shared-realm/environment.ts",
  runtime: "<rootDir>/test/support/shared-realm/runtime.cjs",
  testMatch: ["**/*.test.ts"],
  setupFilesAfterEnv: ["<rootDir>/test/support/fail-on-output.ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: compilation,
        module: { type: "commonjs" },
      },
    ],
  },
  errorOnDeprecated: true,
  restoreMocks: true,
};

/** The projects that need more than Node: each has a script of its own, with its time limit. */
const special = {
  // Minutes of load on a gateway, and what is left of its memory.
  long: "test/long",
  // The system's Chromium, and the built status board.
  browser: "test/browser",
  // The package, packed and installed from the registry as others install it.
  package: "test/package",
  // The image's steps, run without an engine: they install from the registry, which takes a minute.
  image: "test/deploy/image",
};

/** @type {import("jest").Config} */
const config = {
  // For slow machines only: no test waits for time to pass.
  testTimeout: 30_000,
  // Jest leaves a core unused, and on two cores then runs one file at a time. Many tests wait for processes and sockets.
  maxWorkers: "100%",
  projects: [
    {
      ...project,
      displayName: "gateway",
      globalSetup: "<rootDir>/test/support/build-sources.js",
      roots: ["<rootDir>/test"],
      testPathIgnorePatterns: [
        "/node_modules/",
        ...Object.values(special).map((folder) => `<rootDir>/${folder}/`),
      ],
    },
    ...Object.entries(special).map(([displayName, folder]) => ({
      ...project,
      displayName,
      globalSetup: "<rootDir>/test/support/build-sources.js",
      roots: [`<rootDir>/${folder}`],
    })),
  ],
};

export default config;
