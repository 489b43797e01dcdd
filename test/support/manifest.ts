import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sha256Of } from "../../src/lib/index.js";

/** Files of manifests in a folder of their own, which is removed after the tests of the calling block. */
export function useManifests(): (content: unknown) => string {
  const folder = mkdtempSync(join(tmpdir(), "manifests-"));
  let count = 0;
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return (content) => {
    count += 1;
    const file = join(folder, `${String(count)}.json`);
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
}

/** A manifest in Apollo's format. */
export function apolloManifest(texts: readonly string[], idOf: (text: string) => string = sha256Of): object {
  const operations = texts.map((body) => ({ id: idOf(body), name: "Any", type: "query", body }));
  return { format: "apollo-persisted-query-manifest", version: 1, operations };
}
