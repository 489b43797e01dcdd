import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ConcreteRequest, ReaderFragment } from "relay-runtime";

const root = join(__dirname, "../..");

/**
 * Compiles documents by Relay's compiler, against `schema/api.graphql`.
 *
 * @returns what it makes of each operation, by name
 * @throws Error with the compiler's output where it refuses one
 */
export function compileForRelay(documents: string): ReadonlyMap<string, ConcreteRequest> {
  const folder = mkdtempSync(join(tmpdir(), "status-reason-relay-"));
  try {
    for (const name of ["src", "out"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "src/operations.js"), `graphql\`${documents.replaceAll("`", "'")}\`;`);
    const config = {
      src: "src",
      schema: "api.graphql",
      language: "javascript",
      artifactDirectory: "out",
      eagerEsModules: false,
    };
    copyFileSync(join(root, "schema/api.graphql"), join(folder, "api.graphql"));
    writeFileSync(join(folder, "relay.config.json"), JSON.stringify(config));
    const compiler = join(root, "node_modules/relay-compiler/cli.js");
    execFileSync(process.execPath, [compiler, "--noWatchman"], { cwd: folder, stdio: "pipe" });
    const out = join(folder, "out");
    const load = createRequire(out);
    const artifacts = readdirSync(out).map(
      (file) => load(join(out, file)) as ConcreteRequest | ReaderFragment,
    );
    const requests = artifacts.filter((artifact) => artifact.kind === "Request");
    return new Map(requests.map((request) => [request.params.name, request]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
