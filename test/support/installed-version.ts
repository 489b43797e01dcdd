import { readFileSync } from "node:fs";

/** The version of a package that is installed, such as "2.14.4". */
export function installedVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")) as {
    version: string;
  };
  return version;
}
