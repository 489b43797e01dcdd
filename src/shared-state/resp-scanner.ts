/** What there is to know of a message without decoding it. */
export interface RespMessage {
  /** Its first character, which says what it is. */
  readonly type: string;
  /** The starts of its first two texts: its own, or those of its elements. */
  readonly words: readonly string[];
  /** How many elements it has, those of its elements included. */
  readonly elements: number;
  /** Whether all elements are strings and integers, and none is null. */
  readonly isFlat: boolean;
}

/** What a message may have. Ours have far less: a longer one is an error, or meant to fill the memory. */
const maxBytes = 1_048_576;
const maxElements = 20_000;
const maxDepth = 8;

/** How many texts of a message are told, and how many characters of each. */
const maxWords = 2;
const maxWordLength = 200;

const [carriageReturn, lineFeed] = [13, 10];

/** What a line says after the type, of values that are one line. */
const scalars: Readonly<Record<string, RegExp>> = {
  "+": /^[^\r]*$/,
  "-": /^[^\r]*$/,
  ":": /^[+-]?\d{1,20}$/,
  "(": /^[+-]?\d{1,400}$/,
  ",": /^(-?inf|nan|[+-]?\d{1,400}(\.\d{1,400})?(e[+-]?\d{1,9})?)$/i,
  "#": /^[tf]$/,
  _: /^$/,
};

/** How many values follow for each that a line announces. */
const aggregates: Readonly<Record<string, number>> = { "*": 1, "~": 1, ">": 1, "%": 2 };

/**
 * Checks a stream of RESP 3, the protocol of Redis, and tells its messages one by one. It keeps no more of them than the line it
 * is in, and reserves nothing for what a length announces.
 */
export class RespScanner {
  /** How many values are still to come at each depth. */
  readonly #open: number[] = [];
  #line = "";
  /** How many bytes of a string are still to come, with the line break after it. */
  #stringLeft = 0;
  #bytes = 0;
  #elements = 0;
  #type = "";
  #words: string[] = [];
  /** Whether the string that is still to come is the last of the words. */
  #isInWord = false;
  #isFlat = true;

  constructor(private readonly onMessage: (message: RespMessage) => void) {}

  /** @throws Error for what is not of the protocol, or too long; nothing may be written after that */
  write(chunk: Buffer): void {
    let start = 0;
    while (start < chunk.length) {
      const end = this.#stringLeft > 0 ? start + this.#stringLeft : chunk.indexOf(lineFeed, start) + 1;
      const part = chunk.subarray(start, end > start ? end : chunk.length);
      this.#bytes += part.length;
      if (this.#bytes > maxBytes) throw new Error("a message is too long");
      if (this.#stringLeft > 0) this.#takeString(part);
      else this.#takeLine(part);
      start += part.length;
    }
  }

  #takeLine(part: Buffer): void {
    this.#line += part.toString("latin1");
    if (!this.#line.endsWith("\n")) return;
    const [type, rest, end] = [this.#line.slice(0, 1), this.#line.slice(1, -2), this.#line.slice(-2)];
    this.#line = "";
    if (end !== "\r\n") throw new Error("a line does not end as it must");
    this.#beginValue(type);
    if (scalars[type] !== undefined) this.#takeScalar(scalars[type], rest);
    else if (rest === "-1" && (type === "$" || type === "*")) this.#takeNull();
    else if (aggregates[type] !== undefined) this.#beginElements(countOf(rest) * aggregates[type]);
    else this.#beginString(type, countOf(rest));
  }

  #beginValue(type: string): void {
    if (this.#open.length === 0) {
      this.#type = type;
      return;
    }
    if (type === ">") throw new Error("a message of a channel is in another");
    if (!["+", ":", "$", "="].includes(type)) this.#isFlat = false;
  }

  #takeScalar(pattern: RegExp, text: string): void {
    if (!pattern.test(text)) throw new Error("a value is not of its type");
    if (this.#words.length < maxWords) this.#words.push(text.slice(0, maxWordLength));
    this.#endValue();
  }

  #takeNull(): void {
    this.#isFlat = false;
    this.#endValue();
  }

  #beginElements(count: number): void {
    this.#elements += count;
    if (this.#elements > maxElements) throw new Error("a message has too many elements");
    if (this.#open.length === maxDepth) throw new Error("a message is too deep");
    if (count === 0) this.#endValue();
    else this.#open.push(count);
  }

  #beginString(type: string, length: number): void {
    // Three letters and a colon say what is in a verbatim string.
    const isString = type === "$" || type === "!" || (type === "=" && length >= 4);
    if (!isString) throw new Error("a value has no type");
    if (length > maxBytes) throw new Error("a message is too long");
    this.#stringLeft = length + 2;
    this.#isInWord = this.#words.length < maxWords;
    if (this.#isInWord) this.#words.push("");
  }

  #takeString(part: Buffer): void {
    const left = this.#stringLeft;
    if (this.#isInWord) this.#addToWord(part.subarray(0, Math.max(left - 2, 0)));
    for (let index = Math.max(left - 2, 0); index < part.length; index += 1) {
      if (part[index] !== (left - index === 2 ? carriageReturn : lineFeed)) {
        throw new Error("a string does not end where it must");
      }
    }
    this.#stringLeft -= part.length;
    if (this.#stringLeft > 0) return;
    this.#isInWord = false;
    this.#endValue();
  }

  #addToWord(part: Buffer): void {
    const word = this.#words.pop() ?? "";
    this.#words.push(word + part.toString("latin1", 0, Math.max(maxWordLength - word.length, 0)));
  }

  #endValue(): void {
    for (;;) {
      const left = this.#open.pop();
      if (left === undefined) break;
      if (left > 1) {
        this.#open.push(left - 1);
        return;
      }
    }
    const message = {
      type: this.#type,
      words: this.#words,
      elements: this.#elements,
      isFlat: this.#isFlat,
    };
    this.#bytes = 0;
    this.#elements = 0;
    this.#words = [];
    this.#isFlat = true;
    this.onMessage(message);
  }
}

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error("a length is no number");
  return Number(text);
}
