import type { JournalEntry } from "../../../src/emulator/data/journal.js";

/** Upstream calls in words, such as "2 upstream calls (POST agent_view, GET status-reasons)". */
export function describeCalls(requests: readonly JournalEntry[]): string {
  const counts = new Map<string, number>();
  for (const { method, path } of requests) {
    const call = `${method} ${kindOf(path)}`;
    counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  const calls = [...counts].map(([call, count]) => (count === 1 ? call : `${count} ${call}`));
  return `${requests.length} upstream call${requests.length === 1 ? "" : "s"} (${calls.join(", ")})`;
}

/** A look-up by id ends in the id. */
function kindOf(path: string): string {
  return path.split("/").at(-1)?.replace(/^\d+$/, "by id") ?? path;
}
