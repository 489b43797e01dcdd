import { maxReasonTextLength } from "../../wire/index.js";
import type { StatusReasonWire } from "../../wire/index.js";

import { isObject } from "../json.js";
import { Problem } from "../problem.js";

/** A reason as it is stored and sent. A record is never changed, only replaced. */
export interface ReasonRecord extends StatusReasonWire {
  readonly id: bigint;
  /** Attributes the contract does not name, such as `order`: kept as long as writes send them. */
  readonly [attribute: string]: unknown;
}

/** A reason as a write sends it: what the server decides is left out. */
export type ReasonDraft = Omit<StatusReasonWire, "id" | "deleted"> & Record<string, unknown>;

/** The server's "safe" whitelist: letters of any script, digits, spaces and mild punctuation. */
const safeText = /^[\p{L}\p{M}\p{Nd} .,:;!?'’()_/+@#%-]+$/u;
const states: readonly unknown[] = ["Online", "Occupied", "Away", "Back Soon"];

/**
 * Reads what a create or an update sends. `id` and `deleted` are the server's and are ignored.
 *
 * @param enabledDefault - What a missing `enabled` means: a new reason is enabled, while a replaced one loses
 * what is left out.
 * @throws Problem 400 naming the first attribute that is wrong.
 */
export function readDraft(body: unknown, enabledDefault: boolean): ReasonDraft {
  if (!isObject(body)) throw new Problem(400, "A status reason is expected.");
  const { text, state, enabled = enabledDefault, ...others } = body;
  delete others["id"];
  delete others["deleted"];
  if (typeof state !== "string" || !states.includes(state)) throw new Problem(400, "state is not valid.");
  const { order } = others;
  if (order !== undefined && typeof order !== "number") throw new Problem(400, "order must be a number.");
  if (typeof enabled !== "boolean") throw new Problem(400, "enabled must be a boolean.");
  return { ...others, text: readText(text), state, enabled };
}

function readText(text: unknown): string {
  if (typeof text !== "string" || text.trim() === "") throw new Problem(400, "text is required.");
  if (text.length > maxReasonTextLength) {
    throw new Problem(400, `text must be at most ${maxReasonTextLength} characters.`);
  }
  if (!safeText.test(text)) throw new Problem(400, "text contains characters that are not allowed.");
  return text;
}
