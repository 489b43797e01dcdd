import type { JournalEntry } from "../../src/emulator/data/journal.js";

/** A response without the parts that differ each time. */
export interface Outcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The body, with its errors sorted: their order depends on timing. */
  readonly body: string;
  /** The upstream requests that it caused, sorted. */
  readonly upstreamCalls: readonly string[];
}

/** A response as received. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Replaces the request id in all responses. Request ids have the same length, so that no length differs. */
const requestName = "REQUEST";

/** @param calls the upstream requests with the request's id */
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

/** @throws Error with the text if it is not JSON */
function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`not JSON: ${text}`, { cause });
  }
}

/** The time window of an agent-view query depends on the clock. */
function describeCall({ method, path, query, body }: JournalEntry): string {
  const search = new URLSearchParams(query).toString();
  return `${method} ${path}?${search} ${body.replace(/"time":\{"from":\d+,"to":\d+\}/, '"time":"24 hours"')}`;
}
