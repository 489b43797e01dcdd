/**
 * The source layout's rules; `npm run lint` checks them. docs/architecture.md shows the layers.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */

/** Top layer first: a layer imports only layers below it. */
const layers = [
  "main",
  "index",
  "cli",
  "gateway",
  "secret-reload",
  "server",
  "fast-path",
  "graphql",
  "live",
  "loaders",
  "status-reasons",
  "upstream/index",
  "upstream/connect-upstream",
  "upstream/upstream",
  "upstream/api",
  "upstream/access",
  "upstream/http",
  "wire",
  "shared-state",
  "observability",
  "config",
  "generated",
  "lib",
  "package-version",
];

/** The files of `layer`: a folder, or one file. */
const filesOf = (names) => `^src/(${names.join("|")})(/|[.]ts$)`;

module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    ...layers.slice(1).map((layer, index) => ({
      name: `${layer}-imports-down`,
      severity: "error",
      from: { path: filesOf([layer]) },
      to: { path: filesOf(layers.slice(0, index + 1)) },
    })),
    {
      name: "emulator-knows-the-wire-only",
      severity: "error",
      from: { path: "^src/emulator/" },
      to: { path: "^src/(?!emulator/|wire/|lib/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
  },
};
