import { ConfigError, settingNames } from "./config.js";
import type { variables } from "./config.js";
import type { secretNames } from "./credentials.config.js";

type SettingName =
  keyof typeof variables.shape | (typeof secretNames)[number] | `${(typeof secretNames)[number]}_FILE`;

/** What the environment variables of the same names would say; docs/configuration.md has them all. */
export type Settings = Readonly<Partial<Record<SettingName, string | number | boolean | undefined>>>;

/** Variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with `settings` in it, which win.
 *
 * @throws ConfigError for names that no setting has: in an environment those are somebody else's, here mistakes
 */
export function withSettings(env: Environment, settings: Settings): Environment {
  const unknown = Object.keys(settings).filter((name) => !settingNames.includes(name));
  if (unknown.length > 0) throw new ConfigError(unknown.map((name) => `${name}: there is no such setting`));
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  // What other programs read in lower case too would win over it.
  const overruled = given.map(([name]) => [name.toLowerCase(), undefined] as const);
  return {
    ...env,
    ...Object.fromEntries(overruled),
    ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  };
}
