import { isDeepStrictEqual } from "node:util";

import { maxReasonTextLength } from "../../wire/index.js";
import type { StatusReasonWire } from "../../wire/index.js";

import { isObject } from "../json.js";
import { Problem } from "../problem.js";

/** A reason as it is stored and sent. A record is never changed, only replaced. */
export interface ReasonRecord extends StatusReasonWire {
  readonly id: bigint;
  /** Attributes the contract does not name, such as `order`: kept as long as writes send them. */
  readonly [attribute: string]: unknown;
}

/** A reason as a write sends it: what the server decides is left out. */
export type ReasonDraft = Omit<StatusReasonWire, "id" | "deleted"> & Record<string, unknown>;

/** The server's "safe" whitelist: letters of any script, digits, spaces and mild punctuation. */
const safeText = /^[\p{L}\p{M}\p{Nd} .,:;!?'’()_/+@#%-]+$/u;
const states: readonly unknown[] = ["Online", "Occupied", "Away", "Back Soon"];

/**
 * Reads what a create or an update sends. `id` and `deleted` are the server's and are ignored.
 *
 * @param enabledDefault - What a missing `enabled` means: a new reason is enabled, while a replaced one loses
 * what is left out.
 * @throws Problem 400 naming the first attribute that is wrong.
 */
export function readDraft(body: unknown, enabledDefault: boolean): ReasonDraft {
  if (!isObject(body)) throw new Problem(400, "A status reason is expected.");
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

/** What one write changed. A deletion shows as an item with `deleted: true`. */
export interface ReasonChange {
  readonly revision: bigint;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly items: readonly ReasonRecord[];
}

/** One reason as a write left it. A bulk create makes several, all with the same revision. */
export interface ReasonWrite {
  readonly accountId: string;
  readonly kind: "create" | "update" | "delete";
  readonly reason: ReasonRecord;
  /** The collection's revision after the write. */
  readonly revision: bigint;
}

/** What a collection starts with. */
export interface ReasonCollectionSeed {
  accountId: string;
  /** Oldest first: each one counts as a write of its own, the last of which made `revision`. */
  reasons: readonly ReasonRecord[];
  revision: bigint;
  now: () => number;
  onWrite: (write: ReasonWrite) => void;
}

/** New ids lie past 2^53, and are odd: a double holds none of them. */
const firstNewId = 9_007_199_254_741_001n;

/** The status reasons of one account, and the one revision they share. */
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

  /** Raised by every write that changes something. */
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

  /** @throws Problem 404 when there is none, or a deleted one that was not asked for. */
  get(id: bigint, includeDeleted = false): ReasonRecord {
    const reason = this.#reasons.get(id);
    if (reason === undefined || (reason.deleted && !includeDeleted)) {
      throw new Problem(404, "The status reason was not found.");
    }
    return reason;
  }

  /**
   * Creates all of them or, on the first refusal, none.
   *
   * @throws Problem 409 when a text is taken, be it by another one of these.
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
   * Replaces the whole of a reason.
   *
   * @returns The reason, or undefined when it already was what was sent.
   */
  update(id: bigint, draft: ReasonDraft): ReasonRecord | undefined {
    const current = this.get(id);
    const next: ReasonRecord = { ...draft, id, deleted: false };
    if (isDeepStrictEqual(current, next)) return undefined;
    this.#requireFreeText(draft.text, id);
    return this.#write("update", [next])[0];
  }

  /** Marks a reason as deleted: it keeps its id and sets its text free. */
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
