import { isDeepStrictEqual } from "node:util";

import { maxReasonTextLength } from "../../wire/index.js";
import type { StatusReasonWire } from "../../wire/index.js";

import { isJsonObject } from "../../lib/index.js";
import { Problem } from "../problem.js";

/** A reason as it is stored and sent. Immutable: an update replaces the record. */
export interface ReasonRecord extends StatusReasonWire {
  readonly id: bigint;
  /** Attributes that the contract does not define, such as `order`. An update that omits one removes it. */
  readonly [attribute: string]: unknown;
}

/** A reason in the body of a write, without the attributes that the server sets. */
export type ReasonDraft = Omit<StatusReasonWire, "id" | "deleted"> & Record<string, unknown>;

/** The characters that a text may have: letters of any script, digits, spaces and some punctuation. */
const safeText = /^[\p{L}\p{M}\p{Nd} .,:;!?'’()_/+@#%-]+$/u;
const states: readonly unknown[] = ["Online", "Occupied", "Away", "Back Soon"];

/**
 * Reads the body of a create or an update. Ignores `id` and `deleted`, which the server sets.
 *
 * @param enabledDefault - The value of a missing `enabled`: true for a new reason, false for an update, which replaces
 * every attribute.
 * @throws Problem 400 naming the first invalid attribute
 */
export function readDraft(body: unknown, enabledDefault: boolean): ReasonDraft {
  if (!isJsonObject(body)) throw new Problem(400, "The body must be a status reason.");
  const { text, state, enabled = enabledDefault, ...others } = body;
  delete others["id"];
  delete others["deleted"];
  if (typeof state !== "string" || !states.includes(state)) throw new Problem(400, "state is not valid.");
  const { order } = others;
  if (order !== undefined && typeof order !== "number") throw new Problem(400, "order must be a number.");
  if (typeof enabled !== "boolean") throw new Problem(400, "enabled must be a boolean.");
  return { ...others, text: readText(text), state, enabled };
}

function readText(text: unknown): string {
  if (typeof text !== "string" || text.trim() === "") throw new Problem(400, "text is required.");
  if (text.length > maxReasonTextLength) {
    throw new Problem(400, `text must be at most ${maxReasonTextLength} characters.`);
  }
  if (!safeText.test(text)) throw new Problem(400, "text contains characters that are not allowed.");
  return text;
}

/** What one write changed. A deleted reason is an item with `deleted: true`. */
export interface ReasonChange {
  readonly revision: bigint;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly items: readonly ReasonRecord[];
}

/** A reason after a write. A bulk create yields several, all with the same revision. */
export interface ReasonWrite {
  readonly accountId: string;
  readonly kind: "create" | "update" | "delete";
  readonly reason: ReasonRecord;
  /** The collection's revision after the write. */
  readonly revision: bigint;
}

/** The initial content of a collection. */
export interface ReasonCollectionSeed {
  accountId: string;
  /** Oldest first. Each one counts as a write of its own; `revision` is that of the last one. */
  reasons: readonly ReasonRecord[];
  revision: bigint;
  now: () => number;
  onWrite: (write: ReasonWrite) => void;
}

/** New ids are odd and greater than 2^53, so that a double cannot represent them. */
const firstNewId = 9_007_199_254_741_001n;

/** The status reasons of an account, and the revision of the whole collection. */
export class ReasonCollection {
  readonly accountId: string;
  readonly #now: () => number;
  readonly #onWrite: (write: ReasonWrite) => void;
  readonly #reasons: Map<bigint, ReasonRecord>;
  readonly #changes: ReasonChange[];
  #revision: bigint;
  #nextId = firstNewId;

  constructor({ accountId, reasons, revision, now, onWrite }: ReasonCollectionSeed) {
    this.accountId = accountId;
    this.#now = now;
    this.#onWrite = onWrite;
    this.#revision = revision;
    this.#reasons = new Map(reasons.map((reason) => [reason.id, reason]));
    const first = revision - BigInt(reasons.length) + 1n;
    this.#changes = reasons.map((item, index) => ({
      revision: first + BigInt(index),
      at: now(),
      items: [item],
    }));
  }

  /** Incremented by every write that changes something. */
  get revision(): bigint {
    return this.#revision;
  }

  /** Oldest first, one per revision. */
  get changes(): readonly ReasonChange[] {
    return this.#changes;
  }

  list(includeDeleted = false): ReasonRecord[] {
    return [...this.#reasons.values()].filter(({ deleted }) => includeDeleted || !deleted);
  }

  /** @throws Problem 404 if there is no such reason, or it is deleted and `includeDeleted` is false */
  get(id: bigint, includeDeleted = false): ReasonRecord {
    const reason = this.#reasons.get(id);
    if (reason === undefined || (reason.deleted && !includeDeleted)) {
      throw new Problem(404, "The status reason was not found.");
    }
    return reason;
  }

  /**
   * Creates all of the reasons, or none if one is refused.
   *
   * @throws Problem 409 if a text is taken, also by another of these drafts
   */
  create(drafts: readonly ReasonDraft[]): ReasonRecord[] {
    for (const { text } of drafts) this.#requireFreeText(text);
    if (new Set(drafts.map(({ text }) => text)).size < drafts.length) throw taken();
    return this.#write(
      "create",
      drafts.map((draft) => ({ ...draft, id: this.#newId(), deleted: false })),
    );
  }

  /**
   * Replaces every attribute of a reason.
   *
   * @returns the updated reason; undefined if nothing changed
   */
  update(id: bigint, draft: ReasonDraft): ReasonRecord | undefined {
    const current = this.get(id);
    const next: ReasonRecord = { ...draft, id, deleted: false };
    if (isDeepStrictEqual(current, next)) return undefined;
    this.#requireFreeText(draft.text, id);
    return this.#write("update", [next])[0];
  }

  /** Marks a reason as deleted. It keeps its id; its text becomes free. */
  remove(id: bigint): void {
    this.#write("delete", [{ ...this.get(id), deleted: true }]);
  }

  #write(kind: ReasonWrite["kind"], items: ReasonRecord[]): ReasonRecord[] {
    this.#revision += 1n;
    for (const reason of items) {
      this.#reasons.set(reason.id, reason);
      this.#onWrite({ accountId: this.accountId, kind, reason, revision: this.#revision });
    }
    this.#changes.push({ revision: this.#revision, at: this.#now(), items });
    return items;
  }

  #requireFreeText(text: string, ownId?: bigint): void {
    const isTaken = this.list().some((reason) => reason.text === text && reason.id !== ownId);
    if (isTaken) throw taken();
  }

  #newId(): bigint {
    const id = this.#nextId;
    this.#nextId += 2n;
    return id;
  }
}

const taken = (): Problem => new Problem(409, "A status reason with this text already exists.");
