/** From so many characters on it costs more to copy a text, or to have it measured, than to send bytes. */
export const longLength = 128 * 1024;

/**
 * A text in pieces, at least one of which is long and encoded already: to join it with what is around it, measure
 * it and encode it would copy it three times, which was a third of the cost of 5,000 reasons.
 */
export class LongText {
  constructor(readonly pieces: readonly (string | Buffer)[]) {}
}

/** JSON text that is there. */
export type Written = string | LongText;

/**
 * There is no text, because a field failed: graphql-js has to answer the operation. `undefined` where graphql-js would
 * throw at once, so that the fields after it are not executed; `null` where it would go on with them.
 */
export type Failed = undefined | null;

/** JSON text; a promise, which never rejects, where something has to be waited for. */
export type Text = Written | Failed | LaterText;

type LaterText = Promise<Written | Failed>;

/** What one run of an operation is made with. */
export interface Run {
  readonly context: unknown;
  /** The coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How long the text may become, in characters: past that it is given up while it is being made. */
  readonly maxLength: number;
}

/** Writes a value as JSON. Never throws. */
export type Write = (value: unknown, run: Run) => Text;

/** Puts together what is more than short text that is there; all that is waited for is on its way already. */
export class Joining {
  readonly #parts: (Written | LaterText)[] = [];
  #hasPromise = false;

  /** @param maxLength past which there is no text */
  constructor(private readonly maxLength: number) {}

  /** Whether graphql-js would have a promise by now. */
  get hasPromise(): boolean {
    return this.#hasPromise;
  }

  /** @param before what comes between it and the last one */
  add(before: string, part: LongText | LaterText): void {
    this.#parts.push(before, part);
    this.#hasPromise ||= part instanceof Promise;
  }

  /** @param end what comes last */
  end(end: string): Written | LaterText {
    const [before, part, ...others] = this.#parts;
    // Most operations wait for one field only.
    if (typeof before === "string" && part instanceof Promise && others.length === 0) {
      return part.then((text) => (text == null ? undefined : join([before, text, end])));
    }
    const parts = [...this.#parts, end];
    return this.#hasPromise ? joinLater(parts, this.maxLength) : join(parts.filter(isWritten));
  }
}

function isWritten(part: Written | LaterText): part is Written {
  return !(part instanceof Promise);
}

/** Puts texts together. */
export function join(parts: readonly Written[]): Written {
  let text = "";
  const pieces: (string | Buffer)[] = [];
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else {
      pieces.push(text, ...part.pieces);
      text = "";
    }
  }
  return pieces.length === 0 ? text : new LongText([...pieces, text]);
}

/** The length of a text at least, in bytes: a character may be several. */
export function lengthOf(text: Written): number {
  if (typeof text === "string") return text.length;
  return text.pieces.reduce((length, piece) => length + piece.length, 0);
}

/** Fails as soon as one part has: nobody is to wait for what graphql-js would not wait for. */
function joinLater(parts: readonly (Written | LaterText)[], maxLength: number): LaterText {
  return new Promise((resolve) => {
    const settled = [...parts];
    let missing = 0;
    let length = 0;
    parts.forEach((part, index) => {
      if (!(part instanceof Promise)) return;
      missing += 1;
      void part.then((text) => {
        length += text == null ? 0 : lengthOf(text);
        if (text == null || length > maxLength) {
          // What is settled later finds nothing to keep.
          settled.length = 0;
          resolve(undefined);
          return;
        }
        settled[index] = text;
        missing -= 1;
        if (missing === 0) resolve(join(settled.filter(isWritten)));
      });
    });
  });
}

/** Writes what a promise brings. */
export function writeLater(value: Promise<unknown>, write: Write, run: Run): LaterText {
  return value.then(
    (settled) => write(settled, run),
    () => undefined,
  );
}
