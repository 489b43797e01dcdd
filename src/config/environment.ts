import { readFileSync } from "node:fs";

import type { Settings } from "../generated/index.js";
import { ConfigError } from "./config-error.js";
import { proxies } from "./proxy.settings.js";
import { production, test } from "./serving.settings.js";
import { allSettings, variableNames } from "./settings.js";

/** Variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the value of a setting is from. */
export type SettingSource = "environment" | "file" | "default";

/** What the environment says about the settings. */
export interface ReadEnvironment {
  /** The values as texts, by the settings' names. */
  readonly texts: Environment;
  /** Of each setting that `texts` has. */
  readonly sources: ReadonlyMap<string, SettingSource>;
  /** One line for each file that cannot be used. */
  readonly problems: readonly string[];
}

/**
 * The environment with `settings` in it, which win.
 *
 * @throws ConfigError for names that no setting has: in an environment those belong to others, here they are mistakes
 */
export function withSettings(env: Environment, settings: Settings): Environment {
  const unknown = Object.keys(settings).filter((name) => !variableNames.includes(name));
  if (unknown.length > 0) throw new ConfigError(unknown.map((name) => `${name}: there is no such setting`));
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  // The proxies' names in lower case would win over them.
  const overruled = given.map(([name]) => [name.toLowerCase(), undefined] as const);
  return {
    ...env,
    ...Object.fromEntries(overruled),
    ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  };
}

/**
 * Gathers the text of each setting: from its variable, from the file that `<name>_FILE` names (container platforms hand
 * secrets over as files, which no process list shows), or from the default outside production. An empty variable counts
 * as not set.
 */
export function readEnvironment(env: Environment): ReadEnvironment {
  const texts: Record<string, string> = {};
  const sources = new Map<string, SettingSource>();
  const problems: string[] = [];
  const mode = textOf(env, "NODE_ENV");
  for (const { name, fromFile, outsideProduction, notInTests } of allSettings) {
    const [variable, file] = [textOf(env, name), fromFile ? textOf(env, `${name}_FILE`) : undefined];
    const content = variable === undefined && file !== undefined ? readText(file) : undefined;
    if (file !== undefined && content === undefined) {
      problems.push(`${name}_FILE: ${variable === undefined ? unusable : `cannot go together with ${name}`}`);
    }
    const isOutside = mode !== production && !(notInTests && mode === test);
    const text = variable ?? content ?? (isOutside ? outsideProduction : undefined);
    if (text === undefined) continue;
    texts[name] = text;
    if (variable !== undefined) sources.set(name, "environment");
    else sources.set(name, content === undefined ? "default" : "file");
  }
  return { texts, sources, problems };
}

/** Whether NODE_ENV is `production`; for what has to be known also where a setting is wrong. */
export function isProduction(env: Environment): boolean {
  return textOf(env, "NODE_ENV") === production;
}

const unusable = "must name a file that can be read and is not empty";

const proxyNames = Object.values(proxies.shape).map((setting) => setting.meta()?.name);

/** Other programs read the proxies' names in lower case too, and prefer them. */
function textOf(env: Environment, name: string): string | undefined {
  const spellings = proxyNames.includes(name) ? [name.toLowerCase(), name] : [name];
  return spellings.map((spelling) => env[spelling]).find((text) => text !== undefined && text.trim() !== "");
}

/** The end of the last line belongs to the file, not to the secret. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}
