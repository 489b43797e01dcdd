import type { NewStatusReason, StatusReasonChange } from "../../upstream/api/index.js";
import type { CreateStatusReasonInput, UpdateStatusReasonInput } from "./status-reason.input.js";

export function newReason({ text, state, enabled }: CreateStatusReasonInput): NewStatusReason {
  return { text: text.trim(), state, enabled };
}

/** @returns only what is to be changed */
export function changeOf({ text, state, enabled }: UpdateStatusReasonInput): StatusReasonChange {
  return {
    ...(typeof text === "string" ? { text: text.trim() } : {}),
    ...(state ? { state } : {}),
    ...(typeof enabled === "boolean" ? { enabled } : {}),
  };
}
