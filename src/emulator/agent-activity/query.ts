import { statusChangesCap } from "../../wire/index.js";
import type { TimeWindow } from "../data/index.js";
import { Problem } from "../problem.js";

/** A valid query of the Agent Activity API. */
export interface StatusChangesQuery {
  readonly window: TimeWindow;
  /** Whose changes to find; undefined for everybody's. */
  readonly filter: { readonly by: FilterName; readonly value: string } | undefined;
  readonly limit: number;
  readonly offset: number;
}

type FilterName = keyof typeof filterPatterns;
type Query = Readonly<Record<string, string | undefined>>;

const dayMs = 24 * 60 * 60 * 1000;
/** The longest month, and the longest six months. */
const [maxWindowMs, maxAgeMs] = [31 * dayMs, 184 * dayMs];

const filterPatterns = { agentId: /^\d{1,19}$/, groupId: /^-?\d{1,19}$/, empId: /^.+$/s } as const;
const filterNames = Object.keys(filterPatterns) as FilterName[];

/** The seconds may be missing, as in the documentation's examples. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Reads a query. Rejects every value that the documentation does not list, so that a wrong client fails here first.
 *
 * @param now epoch milliseconds
 * @throws Problem 400
 */
export function readStatusChangesQuery(query: Query, now: number): StatusChangesQuery {
  if (query["v"] !== "2") throw new Problem(400, "v must be 2: the emulator has no other version.");
  if (query["source"] === undefined || query["source"] === "") throw new Problem(400, "source is required.");
  return {
    window: readWindow(query, now),
    filter: readFilter(query),
    limit: readInteger(query, "limit", { least: 1, most: statusChangesCap, otherwise: 1000 }),
    offset: readInteger(query, "offset", { least: 0, most: 999_999_999, otherwise: 0 }),
  };
}

/** The last 24 hours unless the query says otherwise. */
function readWindow({ from, to }: Query, now: number): TimeWindow {
  if (from === undefined && to === undefined) return { from: now - dayMs, to: now };
  if (from === undefined || to === undefined) throw new Problem(400, "from and to are given together.");
  const window = { from: readTime(from), to: readTime(to) };
  if (window.from >= window.to) throw new Problem(400, "to must be after from.");
  if (window.to - window.from > maxWindowMs) throw new Problem(400, "from and to are at most a month apart.");
  if (window.from < now - maxAgeMs) throw new Problem(400, "from must be within the last six months.");
  return window;
}

function readTime(text: string): number {
  const time = rfc3339.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new Problem(400, "from and to must be RFC 3339 times.");
  return time;
}

function readFilter(query: Query): StatusChangesQuery["filter"] {
  const [by, ...others] = filterNames.filter((name) => query[name] !== undefined);
  if (by === undefined) return undefined;
  if (others.length > 0) throw new Problem(400, `At most one of ${filterNames.join(", ")} may be given.`);
  const value = query[by] ?? "";
  if (!filterPatterns[by].test(value)) throw new Problem(400, `${by} is not valid.`);
  return { by, value };
}

interface IntegerRange {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

function readInteger(query: Query, name: string, { least, most, otherwise }: IntegerRange): number {
  const text = query[name] ?? String(otherwise);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new Problem(400, `${name} must be an integer from ${least} to ${most}.`);
}
