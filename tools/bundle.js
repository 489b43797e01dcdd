/**
 * `node tools/bundle.js` bundles the program from `dist` into `bundle`: a few files to read at the start instead of some
 * 1,800. Parts that are loaded on demand have files of their own. The package's entry stays unbundled, because its
 * `graphql` must be the host's.
 */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { build } from "esbuild";

const root = join(import.meta.dirname, "..");

/** What Fastify requires for schemas of routes: no route has one. */
const unused = ["@fastify/ajv-compiler", "@fastify/fast-json-stringify-compiler"];

/**
 * TypeGraphQL imports class-validator for arguments that it validates itself, of which the gateway has none. Inside of the
 * bundle that import would bring all rules.
 *
 * @type {import("esbuild").Plugin}
 */
const rulesInUse = {
  name: "rules in use",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^class-validator$/ }, ({ path, importer }) =>
      importer.includes("type-graphql") ? { path, external: true } : undefined,
    );
  },
};

/**
 * Apollo's `createHash` finds Node's crypto by `module.require`, which no bundle has, and else hashes in JavaScript.
 *
 * @type {import("esbuild").Plugin}
 */
const hashesOfNode = {
  name: "hashes of Node",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@apollo\/utils\.createhash$/ }, ({ path }) => ({ path, namespace: "createhash" }));
    onLoad({ filter: /.*/, namespace: "createhash" }, () => ({
      contents: `export { createHash } from "node:crypto";`,
    }));
  },
};

/**
 * Reads graphql's files as ECMAScript modules, also those that are imported by their path: its types are compared by
 * `instanceof`, so that two copies do not know each other's.
 *
 * @type {import("esbuild").Plugin}
 */
const oneGraphql = {
  name: "one graphql",
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^graphql\/.*\.js$/ }, ({ path, resolveDir, kind }) =>
      resolve(path.replace(/\.js$/, ".mjs"), { resolveDir, kind }),
    );
  },
};

/**
 * Undici's parts that the gateway uses. Its entry loads `fetch`, WebSockets and mocks too, and Node's own copy of undici
 * with them.
 *
 * @type {import("esbuild").Plugin}
 */
const partsOfUndici = {
  name: "parts of undici",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^undici$/ }, ({ path }) => ({ path, namespace: "undici" }));
    onLoad({ filter: /.*/, namespace: "undici" }, () => ({
      contents: `
        export { default as Agent } from "undici/lib/dispatcher/agent.js";
        export { default as Pool } from "undici/lib/dispatcher/pool.js";
        export { default as ProxyAgent } from "undici/lib/dispatcher/proxy-agent.js";
        export { default as buildConnector } from "undici/lib/core/connect.js";
        export { default as errors } from "undici/lib/core/errors.js";`,
      resolveDir: root,
    }));
  },
};

/** CommonJS libraries require Node's modules. */
const requireOfBundle =
  'import{createRequire as createRequireOfBundle}from"node:module";const require=createRequireOfBundle(import.meta.url);';

/**
 * Bundles a compiled `main.js`. Names stay, for stack traces; source maps refer to the sources, for
 * `node --enable-source-maps`.
 *
 * @param {string} from the folder of `main.js`, from the project's root
 * @param {string} to the folder that is written, beside `package.json`, whose version the program reads
 */
export async function bundleProgram(from, to) {
  rmSync(join(root, to), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { main: join(from, "main.js") },
    outdir: to,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    // One copy of a library, whether it is imported or required.
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    external: unused,
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    banner: { js: requireOfBundle },
    plugins: [oneGraphql, partsOfUndici, rulesInUse, hashesOfNode],
    logLevel: "warning",
  });
  const files = Object.keys(metafile.inputs);
  requireOneCopy(files);
  writeFileSync(join(root, to, "LICENSES.txt"), licensesOf(files));
}

/** @param {readonly string[]} files */
function requireOneCopy(files) {
  const twice = files.filter((file) => file.endsWith(".js") && files.includes(file.replace(/js$/, "mjs")));
  if (twice.length > 0) throw new Error(`The bundle has a second copy of ${twice.join(", ")}`);
}

/**
 * The notices that the licenses of bundled packages ask for.
 *
 * @param {readonly string[]} files
 */
function licensesOf(files) {
  const folders = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.slice(0, 1) ?? []),
  );
  return [...folders].sort().map(licenseOf).join("\n");
}

/** @param {string} folder a package's */
function licenseOf(folder) {
  const manifest = join(root, folder, "package.json");
  if (!existsSync(manifest)) return "";
  const { name, version, license } = JSON.parse(readFileSync(manifest, "utf8"));
  const notice = readdirSync(join(root, folder)).find((file) => /^licen[sc]e/i.test(file));
  const text = notice === undefined ? "" : readFileSync(join(root, folder, notice), "utf8");
  return `${name} ${version}: ${license}\n\n${text}`;
}

if (process.argv[1] === import.meta.filename) await bundleProgram("dist", "bundle");
