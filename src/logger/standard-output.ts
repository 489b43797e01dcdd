import { writeSync } from "node:fs";

import { pino } from "pino";
import type { DestinationStream } from "pino";

/** So many characters of lines are written at once. */
const enough = 32 * 1024;

/** No line is kept back for longer, in milliseconds. */
const longestMs = 100;

/**
 * Standard output for lines that are written together: a system call for each was a tenth of what a small query
 * costs. Not by sonic-boom's own `minLength`: that measures all the text it holds with each line that is added,
 * which cost as much again.
 */
class StandardOutput implements DestinationStream {
  readonly #output = pino.destination({ sync: false });
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
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length >= enough) this.#flush();
    else this.#timer ??= setTimeout(this.#flush, longestMs);
  }

  readonly #flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#output.write(this.#take());
  };

  #take(): string {
    const text = this.#lines.join("");
    this.#lines = [];
    this.#length = 0;
    return text;
  }
}

let shared: StandardOutput | undefined;

/** There is one for all loggers of the process. */
export function standardOutput(): DestinationStream {
  return (shared ??= new StandardOutput());
}
