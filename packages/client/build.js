/** Builds the package into `dist`: the sources as ES modules and as CommonJS, the operations and the schema as text. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

const folder = import.meta.dirname;
const root = join(folder, "../..");
const dist = join(folder, "dist");
const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");

/** @param {"esm" | "cjs"} format */
function compile(format, ...options) {
  const to = ["--noEmit", "false", "--outDir", join(dist, format)];
  execFileSync(process.execPath, [tsc, "--project", folder, ...to, ...options], { stdio: "inherit" });
}

rmSync(dist, { recursive: true, force: true });
compile("esm");
compile("cjs", "--module", "commonjs", "--moduleResolution", "bundler", "--verbatimModuleSyntax", "false");
// What Node and TypeScript take its files for; those of the package itself are ES modules.
writeFileSync(join(dist, "cjs/package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
mkdirSync(join(dist, "operations"));
cpSync(join(root, "schema/operations"), join(dist, "operations"), { recursive: true });
copyFileSync(join(root, "schema/operations.manifest.json"), join(dist, "operations.manifest.json"));
copyFileSync(join(root, "schema/api.graphql"), join(dist, "schema.graphql"));
copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
