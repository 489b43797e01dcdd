import { transformFile } from "@swc/core";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { bundleProgram } from "../../tools/bundle.js";

/** How swc compiles the sources, for Jest and for the processes that tests start. */
export const compilation = {
  parser: { syntax: "typescript", decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  target: "es2022",
};

const root = join(import.meta.dirname, "../..");

/**
 * Jest's global set-up: compiles `src` to `dist-test`, and bundles that as `bundle-test`, which tests start as processes
 * of their own. What stays the same is not written, so that another run in the same checkout never reads half of it.
 */
export default async function buildSources() {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  const changed = await Promise.all(sources.filter((file) => file.endsWith(".ts")).map(build));
  const isBundled = existsSync(join(root, "bundle-test/LICENSES.txt"));
  if (!isBundled || changed.includes(true)) await bundleProgram("dist-test", "bundle-test");
}

/**
 * @param {string} file a path below `src`
 * @returns whether its compiled code is another than before
 */
async function build(file) {
  const { code } = await transformFile(join(root, "src", file), {
    configFile: false,
    swcrc: false,
    jsc: compilation,
    module: { type: "es6" },
  });
  const target = join(root, "dist-test", file.replace(/ts$/, "js"));
  if (existsSync(target) && readFileSync(target, "utf8") === code) return false;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
  return true;
}
