import { createHash } from "node:crypto";

const sha256Pattern = /^[\da-f]{64}$/;

/** Whether a text is a SHA-256 hash in lower-case hexadecimal. */
export function isSha256(text: string): boolean {
  return sha256Pattern.test(text);
}

export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
