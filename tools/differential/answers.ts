import type { JournalEntry } from "../../src/emulator/data/journal.js";

/** What an answer comes to, without what differs each time. */
export interface Outcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The body, its errors in an order of their own: they come as they happen, which is nobody's to promise. */
  readonly body: string;
  /** What the upstream was asked for it, sorted. */
  readonly upstreamCalls: readonly string[];
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What a request is called in all answers: requests have ids of one length, so that no length differs. */
const requestName = "REQUEST";

/** @param calls all that reached the upstream under the request's id */
export function outcomeOf(
  { status, headers, text }: RawAnswer,
  requestId: string,
  calls: readonly JournalEntry[],
): Outcome {
  const { date, "x-request-id": id, ...others } = headers;
  return {
    status,
    headers: { ...others, hasDate: date !== undefined, hasOwnId: id === requestId },
    body: inOrder(text.replaceAll(requestId, requestName)),
    upstreamCalls: calls.map(describeCall).sort(),
  };
}

function inOrder(text: string): string {
  if (!text.includes('"errors":')) return text;
  const result = parsed(text);
  if (!Array.isArray(result["errors"])) return text;
  const errors = result["errors"].map((error) => JSON.stringify(error)).sort();
  return JSON.stringify({ ...result, errors });
}

/** @throws Error naming the text where it is no JSON */
function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`not JSON: ${text}`, { cause });
  }
}

/** The window that agents are looked for in moves with the clock. */
function describeCall({ method, path, query, body }: JournalEntry): string {
  const search = new URLSearchParams(query).toString();
  return `${method} ${path}?${search} ${body.replace(/"time":\{"from":\d+,"to":\d+\}/, '"time":"24 hours"')}`;
}
