import { useState } from "react";

import { stateLabels } from "../agent-states.js";
import { Elapsed } from "../time/elapsed.js";
import { formatDuration } from "../time/format-duration.js";
import { useNow } from "../time/gateway-clock.js";
import type { BoardAgent } from "./board-agent.js";

/** How long a status counts as new. */
const newForMs = 15_000;

interface Props {
  readonly agent: BoardAgent;
}

/** An agent's picture, or the initials where there is none or it cannot be loaded. */
export function Avatar({ agent: { name, pictureUrl } }: Props) {
  const [isBroken, setBroken] = useState(false);
  const initials = name.split(/\s+/).map(([first = ""]) => first);
  return (
    <span className="avatar" aria-hidden="true">
      {pictureUrl === null || isBroken ? (
        initials.slice(0, 2).join("")
      ) : (
        <img
          src={pictureUrl}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => {
            setBroken(true);
          }}
        />
      )}
    </span>
  );
}

/** The state, with its colour; marked while it is new. */
export function StateCell({ agent: { state, sinceMs } }: Props) {
  const isNew = useNow() - (sinceMs ?? 0) < newForMs;
  return (
    <span className="state" data-state={state} data-new={isNew}>
      {stateLabels[state]}
    </span>
  );
}

/** How long the reason, or else the state, has lasted. */
export function TimeCell({ agent: { sinceMs } }: Props) {
  return sinceMs === undefined ? "–" : <Elapsed sinceMs={sinceMs} />;
}

/** How much is left of the limit, or by how much it is exceeded. */
export function LimitCell({ agent: { dueMs } }: Props) {
  const leftMs = dueMs - useNow();
  if (leftMs === Infinity) return <span className="faint">–</span>;
  if (leftMs > 0) return <span className="faint">{formatDuration(leftMs / 1000)} left</span>;
  return (
    <span className="over" data-over>
      {formatDuration(-leftMs / 1000)} over
    </span>
  );
}

/** The load in per cent, and as a bar. */
export function LoadCell({ agent: { load } }: Props) {
  if (load === null) return "–";
  const percent = Math.round(load * 100);
  return (
    <span className="load">
      <span className="load-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(percent, 100)}%` }} data-full={percent >= 100} />
      </span>
      {percent} %
    </span>
  );
}
