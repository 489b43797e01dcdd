import type { Config } from "./config.js";
import { readSettings } from "./config.js";
import type { Environment, Flags, SettingSource } from "./environment.js";
import { allSettings, defaultOf } from "./settings.js";

/** A setting as `--print-config` shows it. */
export interface ExplainedSetting {
  /** What holds now; null where nothing is set. Secrets are masked. */
  readonly value: unknown;
  readonly source: SettingSource;
  /** The file's path, where the value is from one. */
  readonly file?: string;
  /** What holds where nothing is set. */
  readonly default: string;
  readonly description: string;
}

/**
 * Every setting by the name of its variable, in the order of the documentation, as plain JSON that is fit to be shown.
 *
 * @throws ConfigError naming every problem at once
 */
export function explainConfig(env: Environment, flags?: Flags): Record<string, ExplainedSetting> {
  const { values, environment } = readSettings(env, flags);
  const explained = allSettings.map((setting) => {
    const { path, name, description } = setting;
    const [section, key] = path;
    const value = (values[section] as Record<string, unknown>)[key] ?? setting.default ?? null;
    const source = environment.sources.get(name) ?? "default";
    const file = environment.files.get(name);
    return [
      name,
      { value, source, ...(file !== undefined && { file }), default: defaultOf(setting), description },
    ] as const;
  });
  return masked(Object.fromEntries(explained)) as Record<string, ExplainedSetting>;
}

/** The configuration as plain JSON that is fit to be shown. */
export function describeConfig(config: Config): Record<string, unknown> {
  return masked(config) as Record<string, unknown>;
}

/** Every `Secret` masks itself. */
function masked(value: object): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
