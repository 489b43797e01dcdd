import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const root = join(__dirname, "../../..");

/** A project in a folder of its own that has the packed package installed: `examples/embedding`. */
export interface Consumer {
  readonly folder: string;
  readonly tarball: string;
  /** Runs a command there; rejects with its output where it fails. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs and installs, for an engine that no dependency may be too new for.
 *
 * @param own what the project depends on besides, and in which versions
 */
export async function createConsumer(own: readonly string[] = []): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), "status-reason-consumer-"));
  await cp(join(root, "examples/embedding"), folder, {
    recursive: true,
    filter: (path) => !/\/(node_modules|build|[^/]+\.tgz)$/.test(path),
  });
  const packed = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const tarball = join(folder, packed.stdout.trim());
  const quiet = ["--engine-strict", "--prefer-offline", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...quiet, ...own, tarball], { cwd: folder });
  return {
    folder,
    tarball,
    run: async (command, args, env = {}) => {
      const { stdout } = await run(command, args, {
        cwd: folder,
        env: { PATH: process.env["PATH"], ...env },
      });
      return stdout;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
