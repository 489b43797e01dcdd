import * as z from "zod";

import { credentials } from "./credentials.settings.js";
import { documents } from "./documents.settings.js";
import { health, httpLimits, live, queryLimits } from "./limits.settings.js";
import { proxies } from "./proxy.settings.js";
import { production, serving, test } from "./serving.settings.js";
import { sharedState } from "./shared-state.settings.js";
import { resilience, upstream } from "./upstream.settings.js";

/**
 * Every setting, in its section. The types of `createGateway()`, the tables of docs/configuration.md, `--help` and
 * `--print-config` are made from this schema.
 */
export const settingsSchema = z.object({
  serving,
  upstream,
  credentials,
  proxies,
  resilience,
  documents,
  queryLimits,
  httpLimits,
  live,
  sharedState,
  health,
});

/** The values of all settings, by section. */
export type SettingValues = z.output<typeof settingsSchema>;

/** What there is to know about one setting. Texts are Markdown. */
export interface Setting {
  /** Its key in {@link settingsSchema}: the section's, and its own. */
  readonly path: readonly [section: keyof SettingValues, key: string];
  /** The environment variable. */
  readonly name: string;
  readonly description: string;
  /** Which values it takes. */
  readonly values: string;
  /** What TypeScript takes for it. */
  readonly type: string;
  /** In production, unless `outsideProduction` is undefined; undefined where nothing is the default. */
  readonly default: string | undefined;
  readonly outsideProduction: string | undefined;
  /** Whether `outsideProduction` does not hold in tests either. */
  readonly notInTests: boolean;
  readonly fromFile: boolean;
  /** Whether no message shows its value. */
  readonly isSecret: boolean;
}

/** One section of the settings, in the order of the documentation. */
export interface SettingSection {
  readonly key: keyof SettingValues;
  readonly title: string;
  readonly settings: readonly Setting[];
}

export const settingSections: readonly SettingSection[] = Object.entries(settingsSchema.shape).map(
  ([name, section]) => {
    const key = name as keyof SettingValues;
    const settings = Object.entries<z.ZodType>(section.shape).map(([path, schema]) =>
      describe([key, path], schema),
    );
    return { key, title: section.meta()?.title ?? name, settings };
  },
);

export const allSettings: readonly Setting[] = settingSections.flatMap(({ settings }) => settings);

/** Every variable that is read, those that name files included. */
export const variableNames: readonly string[] = allSettings.flatMap(({ name, fromFile }) =>
  fromFile ? [name, `${name}_FILE`] : [name],
);

/** The default of a setting as one text. */
export function defaultOf({ default: always, outsideProduction, notInTests }: Setting): string {
  if (outsideProduction === undefined) return always ?? "";
  const elsewhere = notInTests ? `${test} and ${production}` : production;
  return `${outsideProduction}; in ${elsewhere} ${always ?? "none"}`;
}

function describe(path: Setting["path"], schema: z.ZodType): Setting {
  const {
    name = path[1],
    description = "",
    outsideProduction,
    notInTests = false,
    fromFile = false,
    isSecret = fromFile,
    whenUnset,
  } = schema.meta() ?? {};
  const { type = "string", values = "" } = typeOf(schema).meta() ?? {};
  const standard = standardOf(schema) ?? whenUnset;
  const defaults = { default: standard, outsideProduction, notInTests };
  return { path, name, description, values, type, ...defaults, fromFile, isSecret };
}

function typeOf(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return isWrapped ? typeOf(schema.unwrap() as z.ZodType) : schema;
}

function standardOf(schema: z.ZodType): string | undefined {
  const value = schema.safeParse(undefined).data;
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}
