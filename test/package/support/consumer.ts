import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const root = join(__dirname, "../../..");

/** A project in a folder of its own that has a packed package installed. */
export interface Consumer {
  readonly folder: string;
  readonly tarball: string;
  /** Runs a command there; rejects with its output where it fails. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs the gateway and installs it into a copy of `examples/embedding`, for an engine that no dependency may be too new
 * for.
 *
 * @param own what the project depends on besides, and in which versions
 */
export async function createConsumer(own: readonly string[] = []): Promise<Consumer> {
  const folder = await createFolder();
  await cp(join(root, "examples/embedding"), folder, {
    recursive: true,
    filter: (path) => !/\/(node_modules|build|[^/]+\.tgz)$/.test(path),
  });
  return install(root, folder, own);
}

/**
 * Packs the client package and installs it into a project of these files.
 *
 * @param own what the project depends on besides, and in which versions
 */
export async function createClientConsumer(
  own: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Consumer> {
  const folder = await createFolder();
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  }
  return install(join(root, "packages/client"), folder, own);
}

function createFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "status-reason-consumer-"));
}

async function install(source: string, folder: string, own: readonly string[]): Promise<Consumer> {
  const packed = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: source });
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
