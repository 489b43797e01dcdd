/** From this many characters on, text is encoded once and kept as bytes, which are neither copied nor measured again. */
export const longLength = 128 * 1024;

/**
 * JSON text in chunks, at least one of which is long and already encoded. To join, measure and encode such text as one
 * string would copy it three times. Hot path: see docs/performance.md.
 */
export class LongText {
  constructor(readonly chunks: readonly (string | Buffer)[]) {}
}

/** JSON text, available without waiting. */
export type JsonText = string | LongText;

/**
 * A field failed, so there is no text, and graphql-js has to execute the operation. `undefined` where graphql-js would
 * throw at once and not execute the fields that follow; `null` where it would execute them.
 */
export type Failed = undefined | null;

/** JSON text or a failure; where a value is pending, a promise of them, which never rejects. */
export type Text = JsonText | Failed | LaterText;

type LaterText = Promise<JsonText | Failed>;

/** The inputs of one run of an operation. */
export interface Run {
  readonly context: unknown;
  /** The coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The longest text, in characters; a run whose text grows longer fails before the text is complete. */
  readonly maxLength: number;
}

/** Writes a value as JSON. Never throws. */
export type Write = (value: unknown, run: Run) => Text;

/** Joins parts of a text of which some are long or pending. All pending parts are in progress already. */
export class TextJoiner {
  readonly #parts: (JsonText | LaterText)[] = [];
  #hasPromise = false;

  /** @param maxLength of the text, in characters; longer text is a failure */
  constructor(private readonly maxLength: number) {}

  /** Whether a part is pending, so that graphql-js would return a promise. */
  get hasPromise(): boolean {
    return this.#hasPromise;
  }

  /** @param before text between the previous part and this one */
  add(before: string, part: LongText | LaterText): void {
    this.#parts.push(before, part);
    this.#hasPromise ||= part instanceof Promise;
  }

  /** @param end text after the last part */
  end(end: string): JsonText | LaterText {
    const [before, part, ...others] = this.#parts;
    // Most operations wait for one field only.
    if (typeof before === "string" && part instanceof Promise && others.length === 0) {
      return part.then((text) => (text == null ? undefined : join([before, text, end])));
    }
    const parts = [...this.#parts, end];
    return this.#hasPromise ? joinLater(parts, this.maxLength) : join(parts.filter(isJsonText));
  }
}

function isJsonText(part: JsonText | LaterText): part is JsonText {
  return !(part instanceof Promise);
}

/** Joins texts that are all available. */
export function join(parts: readonly JsonText[]): JsonText {
  let text = "";
  const chunks: (string | Buffer)[] = [];
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else {
      chunks.push(text, ...part.chunks);
      text = "";
    }
  }
  return chunks.length === 0 ? text : new LongText([...chunks, text]);
}

/** A lower bound of the text's size in bytes: each character of a string counts as one. */
export function lengthOf(text: JsonText): number {
  if (typeof text === "string") return text.length;
  return text.chunks.reduce((length, chunk) => length + chunk.length, 0);
}

/** Fails as soon as one part has failed, as graphql-js rejects without waiting for the other parts. */
function joinLater(parts: readonly (JsonText | LaterText)[], maxLength: number): LaterText {
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
          // Releases the texts that have arrived.
          settled.length = 0;
          resolve(undefined);
          return;
        }
        settled[index] = text;
        missing -= 1;
        if (missing === 0) resolve(join(settled.filter(isJsonText)));
      });
    });
  });
}

/** Writes a promise's value once it is fulfilled; a rejection is a failure. */
export function writeLater(value: Promise<unknown>, write: Write, run: Run): LaterText {
  return value.then(
    (settled) => write(settled, run),
    () => undefined,
  );
}
