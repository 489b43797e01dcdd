import { isObject, parseLong } from "../json.js";
import { Problem } from "../problem.js";
import type { ReasonCollection } from "./reasons.js";
import type { ReasonRecord } from "./reasons.js";

/** What changed after a revision? */
export interface DeltaQuestion {
  readonly site: string;
  readonly revision: bigint;
}

/** What did each revision change, from the first one to the last one given? */
export interface HistoryQuestion {
  readonly site: string;
  readonly from: bigint;
  readonly to: bigint;
}

/** One revision as the history tells it. */
export interface RevisionWire {
  revision: bigint;
  /** In UTC, such as "2017-05-24 10:38:25". */
  revisionDate: string;
  items: readonly ReasonRecord[];
}

/** @throws Problem 400 when it is neither question. */
export function readQuestion(parameter: unknown): DeltaQuestion | HistoryQuestion {
  if (!isObject(parameter) || typeof parameter["site"] !== "string") {
    throw new Problem(400, "site is required.");
  }
  const { site } = parameter;
  const [revision, from, to] = ["revision", "from", "to"].map((name) => parseLong(parameter[name]));
  if (revision !== undefined) return { site, revision };
  if (from === undefined || to === undefined || from > to) {
    throw new Problem(400, "Either revision or from and to are required.");
  }
  return { site, from, to };
}

/** The reasons that changed, each one once and as it is now. */
export function deltaOf({ changes }: ReasonCollection, { revision }: DeltaQuestion): ReasonRecord[] {
  const changed = changes.filter((change) => change.revision > revision).flatMap(({ items }) => items);
  return [...new Map(changed.map((reason) => [reason.id, reason])).values()];
}

/** The latest revision first: the contract promises no order. */
export function historyOf({ changes }: ReasonCollection, { from, to }: HistoryQuestion): RevisionWire[] {
  return changes
    .filter(({ revision }) => revision >= from && revision <= to)
    .map(({ revision, at, items }) => ({ revision, revisionDate: dateOf(at), items }))
    .reverse();
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace("T", " ");
