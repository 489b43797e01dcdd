import type { ActivityWindow, ChangePosition } from "../../upstream/api/index.js";
import type { Agent } from "./agent.type.js";

/** Where a page of an agent's history ends: its period, so that later changes do not move pages, and its last change. */
export interface ChangesCursor {
  readonly window: ActivityWindow;
  readonly position: ChangePosition;
}

type AgentKey = Pick<Agent, "accountId" | "id">;

/** Far over the longest cursor. */
const maxLength = 500;

/** Writes a cursor of an agent as opaque text. */
export function writeChangesCursor({ accountId, id }: AgentKey, { window, position }: ChangesCursor): string {
  const { at, sequenceNumber, sessionId } = position;
  const times = [window.from, window.to, at].map((date) => date.getTime());
  return Buffer.from(JSON.stringify([accountId, id, ...times, sequenceNumber, sessionId])).toString(
    "base64url",
  );
}

/** @returns undefined where the text is no cursor of this agent */
export function readChangesCursor(agent: AgentKey, text: string): ChangesCursor | undefined {
  const [, , from, to, at, sequenceNumber, sessionId] = partsOf(text);
  if (typeof from !== "number" || typeof to !== "number" || typeof at !== "number") return undefined;
  if (sequenceNumber !== null && typeof sequenceNumber !== "number") return undefined;
  if (sessionId !== null && typeof sessionId !== "string") return undefined;
  const window = { from: new Date(from), to: new Date(to) };
  const cursor = { window, position: { at: new Date(at), sequenceNumber, sessionId } };
  // Another agent's cursor, or one that was not written here.
  return writeChangesCursor(agent, cursor) === text ? cursor : undefined;
}

function partsOf(text: string): readonly unknown[] {
  if (text.length > maxLength) return [];
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
