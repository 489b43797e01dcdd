import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { readConfig } from "./config.js";
import type { Config } from "./config.js";
import { readEnvironment } from "./environment.js";
import type { Environment, Flags } from "./environment.js";
import { allSettings } from "./settings.js";

/** The parts of the configuration that a running gateway takes anew. */
export type Secrets = Pick<Config, "credentials" | "sharedState">;

/** What was read anew. */
export interface ReloadedSecrets {
  /** The names of the settings that have other values than before. */
  readonly changed: readonly string[];
  readonly secrets: Secrets;
}

/** The files that settings come from: container platforms replace them while the gateway runs. */
export class SecretFiles {
  /** The path of each setting's file. */
  readonly #paths: ReadonlyMap<string, string>;
  /** The digest of each setting's text as it was last looked at; undefined: the file was missing or empty. */
  #seen: ReadonlyMap<string, string | undefined>;
  /** The digests of the texts that are in force. */
  #inForce: ReadonlyMap<string, string | undefined>;

  /** Reads the files; to be created before the configuration is read, so that no change is missed in between. */
  constructor(
    private readonly env: Environment,
    private readonly flags?: Flags,
  ) {
    this.#paths = readEnvironment(env, flags).files;
    this.#inForce = this.#seen = digestsOf(env, flags);
  }

  /** Whether there are any. */
  get isEmpty(): boolean {
    return this.#paths.size === 0;
  }

  /** Whether a file differs from what it was when this was last asked. */
  async haveChanged(): Promise<boolean> {
    const before = this.#seen;
    const texts = await Promise.all(
      [...this.#paths].map(async ([name, path]) => [name, digestOf(await textIn(path))] as const),
    );
    this.#seen = new Map(texts);
    return texts.some(([name, digest]) => before.get(name) !== digest);
  }

  /**
   * Reads the configuration again.
   *
   * @throws ConfigError naming every problem at once; what is in force stays the same
   */
  reload(): ReloadedSecrets {
    const { credentials, sharedState } = readConfig(this.env, this.flags);
    const before = this.#inForce;
    this.#inForce = digestsOf(this.env, this.flags);
    const changed = [...this.#inForce].filter(([name, digest]) => before.get(name) !== digest);
    return { changed: changed.map(([name]) => name), secrets: { credentials, sharedState } };
  }
}

/** Of the settings that may come from files. */
function digestsOf(env: Environment, flags: Flags | undefined): ReadonlyMap<string, string | undefined> {
  const { texts } = readEnvironment(env, flags);
  const names = allSettings.filter(({ fromFile }) => fromFile).map(({ name }) => name);
  return new Map(names.map((name) => [name, digestOf(texts[name])]));
}

/** Secrets are compared by digests, so that nothing holds them that does not use them. */
function digestOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : createHash("sha256").update(text).digest("base64");
}

/** As a setting has it; undefined where the file cannot be read or is empty. Does not block, whatever the file system does. */
async function textIn(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim() || undefined;
  } catch {
    return undefined;
  }
}
