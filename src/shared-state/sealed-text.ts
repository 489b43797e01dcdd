import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals a text with a key that only its own hash yields: whoever knows the text's hash can open it, and a reader of the store
 * cannot. The store has it by {@link sealedName}, from which the hash cannot be found.
 *
 * @param hash the text's SHA-256 in hexadecimal
 */
export function sealText(hash: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(hash), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @returns undefined where it is not the sealed text of this hash */
export function openText(hash: string, sealed: Buffer): string | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, keyOf(hash), sealed.subarray(0, nonceBytes));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    const isOfHash = createHash("sha256").update(text).digest("hex") === hash;
    return isOfHash ? text.toString("utf8") : undefined;
  } catch {
    return undefined;
  }
}

/** The name that a text is stored by. */
export function sealedName(hash: string): string {
  return createHash("sha256").update(`name of ${hash}`).digest("base64url").slice(0, 22);
}

function keyOf(hash: string): Buffer {
  return createHash("sha256").update(`key of ${hash}`).digest();
}
