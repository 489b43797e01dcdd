import { z } from "zod";

/** An http(s) origin: scheme, host and perhaps a port, nothing else. */
export const origin = z
  .string()
  .refine(isOrigin, "must be an http(s) origin such as https://host:8443, without a path")
  .transform((value) => new URL(value).origin);

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const hasScheme = url.protocol === "http:" || url.protocol === "https:";
  return hasScheme && `${url.origin}/` === url.href && !value.includes("@");
}
