import { readFileSync } from "node:fs";

import { secretNames } from "./credentials.config.js";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Puts the content of the file that `X_FILE` names in the place of `X`, for each secret: files are how
 * container platforms hand secrets over, and they show in no process list.
 *
 * @returns the environment with the secrets in it, and one line for each file that is of no use
 */
export function readSecretFiles(env: Environment): { set: Environment; problems: string[] } {
  const set = { ...env };
  const problems: string[] = [];
  for (const name of secretNames) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    const content = env[name] === undefined ? contentOf(file) : null;
    if (typeof content === "string") set[name] = content;
    else problems.push(`${name}_FILE: ${content === null ? `cannot go together with ${name}` : unusable}`);
  }
  return { set, problems };
}

const unusable = "must name a file that can be read and is not empty";

/** The end of the last line belongs to the file, not to the secret. */
function contentOf(file: string): string | undefined {
  try {
    const content = readFileSync(file, "utf8").trim();
    return content === "" ? undefined : content;
  } catch {
    return undefined;
  }
}
