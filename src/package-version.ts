import { createRequire } from "node:module";

/** The version of this package. */
export function packageVersion(): string {
  const load = createRequire(import.meta.url);
  return (load("../package.json") as { version: string }).version;
}
