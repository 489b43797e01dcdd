import { isNativeError } from "node:util/types";

/** How many characters of a message are told: some are a server's. */
const maxLength = 200;

/** Says in a few words what has failed: an error's code, such as `ECONNREFUSED`, or else its message. */
export function causeOf(error: unknown): string {
  if (!isNativeError(error)) return "closed";
  return "code" in error && typeof error.code === "string" ? error.code : error.message.slice(0, maxLength);
}
