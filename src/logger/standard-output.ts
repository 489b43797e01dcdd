import { writeSync } from "node:fs";

import { pino } from "pino";
import type { DestinationStream } from "pino";

/** So many characters of lines are written at once. */
const enough = 32 * 1024;

/** So many lines are put together at once. */
const enoughWaiting = 64;

/** No line is kept back for longer, in milliseconds. */
const longestMs = 100;

/**
 * Standard output for lines that are written together: a system call for each was a tenth of what a small query
 * costs. Not by sonic-boom's own `minLength`: that measures all the text it holds with each line that is added,
 * which cost as much again.
 */
export class StandardOutput implements DestinationStream {
  readonly #output = pino.destination({ sync: false });
  #waiting: (() => void)[] = [];
  #isCatchingUp = false;
  #lines: string[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    // By then nothing but a synchronous call gets out.
    process.once("exit", () => {
      const text = this.#take();
      if (text !== "") writeSync(process.stdout.fd, text);
    });
  }

  write(line: string): void {
    this.#writeWaiting();
    this.#lines.push(line);
    this.#length += line.length;
    this.#goOn();
  }

  /** @param write writes a line, when there are many or another one is written at once */
  later(write: () => void): void {
    if (this.#waiting.push(write) >= enoughWaiting) this.#writeWaiting();
    this.#goOn();
  }

  #goOn(): void {
    if (this.#isCatchingUp) return;
    if (this.#length >= enough) this.#flush();
    else this.#timer ??= setTimeout(this.#flush, longestMs);
  }

  /** Nothing is written out on the way, so that whoever asked for it gets all of it. */
  #writeWaiting(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#isCatchingUp = true;
    try {
      for (const write of waiting) write();
    } finally {
      this.#isCatchingUp = false;
    }
  }

  readonly #flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#output.write(this.#take());
  };

  #take(): string {
    this.#writeWaiting();
    const text = this.#lines.join("");
    this.#lines = [];
    this.#length = 0;
    return text;
  }
}

let shared: StandardOutput | undefined;

/** There is one for all loggers of the process. */
export function standardOutput(): StandardOutput {
  return (shared ??= new StandardOutput());
}
