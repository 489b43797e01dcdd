import { readFileSync } from "node:fs";

import type { Settings } from "../generated/index.js";
import { ConfigError } from "./config-error.js";
import { proxies } from "./proxy.settings.js";
import { production, test } from "./serving.settings.js";
import { allSettings, variableNames } from "./settings.js";

/** Variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the value of a setting is from. */
export type SettingSource = "flag" | "environment" | "file" | "default";

/** What options of the command line say, by the settings' names. */
export type Flags = Readonly<Record<string, string>>;

/** What the environment says about the settings. */
export interface ReadEnvironment {
  /** The values as texts, by the settings' names. */
  readonly texts: Environment;
  /** Of each setting that `texts` has. */
  readonly sources: ReadonlyMap<string, SettingSource>;
  /** The path of the file, of each setting that is from one. */
  readonly files: ReadonlyMap<string, string>;
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
 * Gathers the text of each setting: from its flag, from its variable, from the file that `<name>_FILE` names (container platforms hand
 * secrets over as files, which no process list shows), or from the default outside production. An empty variable counts
 * as not set.
 */
export function readEnvironment(env: Environment, flags: Flags = {}): ReadEnvironment {
  const texts: Record<string, string> = {};
  const sources = new Map<string, SettingSource>();
  const files = new Map<string, string>();
  const problems: string[] = [];
  const mode = textOf(env, "NODE_ENV");
  for (const { name, fromFile, outsideProduction, notInTests } of allSettings) {
    const [variable, file] = [textOf(env, name), fromFile ? textOf(env, `${name}_FILE`) : undefined];
    const content = variable === undefined && file !== undefined ? readText(file) : undefined;
    if (file !== undefined && content === undefined) {
      problems.push(`${name}_FILE: ${variable === undefined ? unusable : `cannot go together with ${name}`}`);
    }
    const isOutside = mode !== production && !(notInTests && mode === test);
    const standard = isOutside ? outsideProduction : undefined;
    const found = firstOf([
      ["flag", flags[name]],
      ["environment", variable],
      ["file", content],
      ["default", standard],
    ]);
    if (found === undefined) continue;
    const [source, text] = found;
    texts[name] = text;
    sources.set(name, source);
    if (source === "file" && file !== undefined) files.set(name, file);
  }
  return { texts, sources, files, problems };
}

function firstOf(
  candidates: readonly (readonly [SettingSource, string | undefined])[],
): readonly [SettingSource, string] | undefined {
  for (const [source, text] of candidates) if (text !== undefined) return [source, text];
  return undefined;
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
