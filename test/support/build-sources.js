import { transformFile } from "@swc/core";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How swc compiles the sources, for Jest and for the processes that tests start. */
export const compilation = {
  parser: { syntax: "typescript", decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  target: "es2022",
};

const root = join(import.meta.dirname, "../..");

/**
 * Jest's global set-up: compiles `src` to `dist-test`, which tests start as processes of their own. A process that
 * compiles what it imports takes twice as long to start. A file whose content stays is not written, so that another
 * run in the same checkout never reads half of it.
 */
export default async function buildSources() {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  await Promise.all(sources.filter((file) => file.endsWith(".ts")).map(build));
}

/** @param {string} file a path below `src` */
async function build(file) {
  const { code } = await transformFile(join(root, "src", file), {
    configFile: false,
    swcrc: false,
    jsc: compilation,
    module: { type: "es6" },
  });
  const target = join(root, "dist-test", file.replace(/ts$/, "js"));
  if (existsSync(target) && readFileSync(target, "utf8") === code) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}
