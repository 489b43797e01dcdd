import { Suspense, lazy } from "react";

import { ReadFailure } from "../errors/read-failure.js";
import { useReasonUsages } from "../reasons/use-reason-usages.js";
import { formatDuration } from "../time/format-duration.js";

const UsageChart = lazy(() => import("./usage-chart.js"));

const maxBars = 10;

/** How long all agents together had a reason. */
export interface UsageEntry {
  /** The reason's id; empty for time without a reason. */
  readonly id: string;
  readonly text: string;
  readonly agentCount: number;
  readonly seconds: number;
}

/** A chart of the time by reason in the last 24 hours, with a table of the same for screen readers. */
export function UsagePanel({ accountId }: { readonly accountId: string }) {
  const { report, error, retry } = useReasonUsages(accountId);
  const entries = (report?.usages ?? []).map(({ reason, agentCount, seconds }) => ({
    id: reason?.id ?? "",
    text: reason?.text ?? "No reason",
    agentCount,
    seconds,
  }));
  const given = entries.filter(({ id }) => id !== "");
  const rest = entries.find(({ id }) => id === "");
  return (
    <section className="usage-panel" aria-labelledby="usage">
      <h2 id="usage">Time by reason, 24 hours</h2>
      {error !== undefined && <ReadFailure error={error} onRetry={retry} />}
      <p className="list-note" role="status">
        {error === undefined && note(report === undefined, given.length)}
      </p>
      <div aria-hidden="true">
        <Suspense fallback={null}>
          {given.length > 0 && <UsageChart entries={given.slice(0, maxBars)} />}
        </Suspense>
      </div>
      {/* Most of it is time online: as a bar, it would make all others small. */}
      {rest !== undefined && (
        <p className="faint" aria-hidden="true">
          Without a reason: {formatDuration(rest.seconds)}
        </p>
      )}
      {entries.length > 0 && (
        <div className="visually-hidden">
          <UsageTable entries={entries} />
        </div>
      )}
    </section>
  );
}

function note(isLoading: boolean, count: number): string {
  if (isLoading) return "Loading times…";
  return count === 0 ? "No reason was given." : "";
}

function UsageTable({ entries }: { readonly entries: readonly UsageEntry[] }) {
  return (
    <table>
      <caption>Time by reason</caption>
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Agents</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ id, text, agentCount, seconds }) => (
          <tr key={id}>
            <th scope="row">{text}</th>
            <td>{agentCount}</td>
            <td>{formatDuration(seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
