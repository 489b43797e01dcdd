import { isJsonObject, parseLong } from "../../lib/index.js";
import { Problem } from "../problem.js";
import type { ReasonCollection } from "./reasons.js";
import type { ReasonRecord } from "./reasons.js";

/** Asks which reasons changed after a revision. */
export interface DeltaQuery {
  readonly site: string;
  readonly revision: bigint;
}

/** Asks what each revision from `from` to `to`, inclusive, changed. */
export interface HistoryQuery {
  readonly site: string;
  readonly from: bigint;
  readonly to: bigint;
}

/** A revision in the history. */
export interface RevisionWire {
  revision: bigint;
  /** In UTC, such as "2017-05-24 10:38:25". */
  revisionDate: string;
  items: readonly ReasonRecord[];
}

/** @throws Problem 400 if the parameter is neither query */
export function readChangesQuery(parameter: unknown): DeltaQuery | HistoryQuery {
  if (!isJsonObject(parameter) || typeof parameter["site"] !== "string") {
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

/** The reasons that changed, each one once, in its current form. */
export function deltaOf({ changes }: ReasonCollection, { revision }: DeltaQuery): ReasonRecord[] {
  const changed = changes.filter((change) => change.revision > revision).flatMap(({ items }) => items);
  return [...new Map(changed.map((reason) => [reason.id, reason])).values()];
}

/** The latest revision first: the contract defines no order. */
export function historyOf({ changes }: ReasonCollection, { from, to }: HistoryQuery): RevisionWire[] {
  return changes
    .filter(({ revision }) => revision >= from && revision <= to)
    .map(({ revision, at, items }) => ({ revision, revisionDate: dateOf(at), items }))
    .reverse();
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace("T", " ");
