import * as z from "zod";

import { Secret } from "./secret.js";

declare module "zod" {
  /** What the schema says about a section, a setting or the type of its values. */
  interface GlobalMeta {
    /** Of a setting: the environment variable. */
    readonly name?: string;
    /** Of a setting: its default while NODE_ENV is not `production`, as the variable would have it. */
    readonly outsideProduction?: string;
    /** Of a setting: whether `outsideProduction` does not hold where NODE_ENV is `test` either. */
    readonly notInTests?: boolean;
    /** Of a setting without a default: what it means that it is not set. */
    readonly whenUnset?: string;
    /** Of a setting: whether the variable `<name>_FILE` may name a file with the value instead. */
    readonly fromFile?: boolean;
    /** Of a setting: whether its value can have a secret in it, also where it is wrong. Files always can. */
    readonly isSecret?: boolean;
    /** Of a type: which values it takes, as Markdown. */
    readonly values?: string;
    /** Of a type: what TypeScript takes for it. */
    readonly type?: string;
  }
}

/** A whole number from `min` to `max`, in decimal. */
export function integer(min: number, max: number, unit = "") {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
    .meta({ type: "number | string", values: `${min} to ${max} ${unit}`.trimEnd() });
}

export function milliseconds(min: number, max: number) {
  return integer(min, max, "ms");
}

export function bytes(min: number, max: number) {
  return integer(min, max, "bytes");
}

/** `true` or `1`, `false` or `0`. */
export const flag = z
  .enum(["true", "1", "false", "0"], "must be true or false")
  .transform((word) => word === "true" || word === "1")
  .meta({ type: `boolean | "true" | "1" | "false" | "0"`, values: "`true` or `1`, `false` or `0`" });

/** One of some words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, `must be one of ${words.join(", ")}`).meta({
    type: words.map((word) => JSON.stringify(word)).join(" | "),
    values: words.map((word) => `\`${word}\``).join(", "),
  });
}

/** @param values which texts it takes, as Markdown */
export function text(values: string) {
  return z.string().meta({ type: "string", values });
}

/** A text that is masked when it is printed. Spaces around it, such as a file's last line break, are no part of it. */
export const secret = z
  .string()
  .transform((value) => new Secret(value.trim()))
  .meta({ type: "string", values: "text" });

/** A comma-separated list in one variable. Spaces around the commas are ignored. */
export function list<Item extends z.ZodType<string, string>>(item: Item, values: string) {
  return z
    .string()
    .transform((whole) => whole.split(",").map((part) => part.trim()))
    .pipe(z.array(item))
    .meta({ type: "string", values });
}

/** An http(s) origin: scheme, host and perhaps a port, nothing else. */
export const origin = z
  .string()
  .refine(isOrigin, "must be an http(s) origin such as https://host:8443, without a path")
  .transform((value) => new URL(value).origin)
  .meta({ type: "string", values: "an http(s) origin" });

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const hasScheme = url.protocol === "http:" || url.protocol === "https:";
  return hasScheme && `${url.origin}/` === url.href && !value.includes("@");
}
