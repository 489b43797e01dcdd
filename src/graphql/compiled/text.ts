/**
 * JSON text; undefined where a compiled operation has no answer and graphql-js must give it; a promise, which
 * never rejects, where something has to be waited for.
 */
export type Text = string | undefined | Promise<string | undefined>;

/** What one run of an operation is made with. */
export interface Run {
  readonly context: unknown;
  /** The coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Writes a value as JSON. Never throws. */
export type Write = (value: unknown, run: Run) => Text;

/** What is still to come of a text. */
type LaterText = Promise<string | undefined>;

/** Puts texts together that are still waited for: all of them are on their way already. */
export class Joining {
  readonly #parts: (string | LaterText)[] = [];

  /** @param before what comes between it and the last one */
  add(before: string, later: LaterText): void {
    this.#parts.push(before, later);
  }

  /** @param end what comes last */
  end(end: string): LaterText {
    const [before, later, ...others] = this.#parts;
    // Most operations wait for one field only.
    return typeof before === "string" && typeof later === "object" && others.length === 0
      ? later.then((text) => (text === undefined ? undefined : before + text + end))
      : joined([...this.#parts, end]);
  }
}

async function joined(parts: readonly Text[]): Promise<string | undefined> {
  let text = "";
  for (const part of parts) {
    const settled = typeof part === "object" ? await part : part;
    if (settled === undefined) return undefined;
    text += settled;
  }
  return text;
}

/** Writes what a promise brings. */
export function writeLater(value: Promise<unknown>, write: Write, run: Run): Promise<string | undefined> {
  return value.then(
    (settled) => write(settled, run),
    () => undefined,
  );
}

/**
 * Remembers the text of frozen objects: what cannot change is always written the same way. The upstream's rows
 * are frozen, and where an answer's bytes are those of the answer before they are the very same rows, so that
 * most of them are written once.
 */
export function remembering(write: Write): Write {
  const texts = new WeakMap<object, string>();
  return (value, run) => {
    const object = value as object;
    const known = texts.get(object);
    if (known !== undefined) return known;
    const text = write(object, run);
    if (typeof text !== "string" || !Object.isFrozen(object)) return text;
    // To V8 a string that was put together is a tree, which each use would walk; this one is in one piece.
    const whole = Buffer.from(text).toString();
    texts.set(object, whole);
    return whole;
  };
}
