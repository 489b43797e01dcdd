import { createRequire } from "node:module";

/** The package's own version. */
export function readVersion(): string {
  const load = createRequire(import.meta.url);
  return (load("../../package.json") as { version: string }).version;
}
