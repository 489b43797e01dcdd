import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { tailcallConfig } from "./config.js";
import { isSystemLibcNewEnough, unpackedLoader } from "./libc.js";

/** @import { NativeProgram } from "../../process/measured-process.js" */

/** Where npm has put the binary; undefined on a system that there is none for. */
export function tailcallBinary() {
  try {
    const manifest = createRequire(import.meta.url).resolve("@tailcallhq/core-linux-x64-gnu/package.json");
    return join(dirname(manifest), "bin/tailcall");
  } catch {
    return undefined;
  }
}

/**
 * Tailcall, without its usage reports and without a log line for each upstream call.
 *
 * @returns {Omit<NativeProgram, "name"> | undefined} undefined where it cannot run
 */
export function tailcallProgram() {
  const binary = tailcallBinary();
  if (binary === undefined) return undefined;
  const start = isSystemLibcNewEnough()
    ? { command: binary, args: [] }
    : withBinary(unpackedLoader(), binary);
  if (start === undefined) return undefined;
  return {
    command: start.command,
    argsFor: async (setting) => [...start.args, "start", await configFile(setting)],
    env: { TAILCALL_TRACKER: "false", TC_TRACKER: "false", TAILCALL_LOG_LEVEL: "error" },
  };
}

/**
 * @param {{ command: string, args: string[] } | undefined} loader
 * @param {string} binary
 */
function withBinary(loader, binary) {
  return loader && { command: loader.command, args: [...loader.args, binary] };
}

/**
 * Writes a configuration, which goes with the bench.
 *
 * @param {{ port: number, upstream: string }} setting
 * @returns {Promise<string>} where it is
 */
async function configFile(setting) {
  const folder = await mkdtemp(join(tmpdir(), "bench-tailcall-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "config.graphql");
  await writeFile(path, tailcallConfig(setting));
  return path;
}
