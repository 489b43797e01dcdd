import { writeSync } from "node:fs";

import type { DestinationStream } from "pino";

/** So many characters of lines are written at once. */
const enough = 32 * 1024;

/** So many lines are put together at once. */
const enoughWaiting = 64;

/** No line is kept back for longer, in milliseconds, where the output takes lines. */
const longestMs = 100;

/** So many characters of lines are kept for an output that takes none. Further lines are dropped and counted. */
const mostKept = 1024 * 1024;

/** How long the end of the process waits for an output that is full, in milliseconds. */
const longestEndMs = 500;

/** How soon an output that is full is tried again then, in milliseconds. */
const endPauseMs = 10;

const nothing = Buffer.alloc(0);

/** The level of pino's `warn`. */
const warnLevel = 40;

/**
 * Standard output for lines that are written together: a system call for each was a tenth of what a small query
 * costs.
 *
 * An output that takes nothing (a pipe that nobody reads or that is closed, a full disk) is tried again every
 * `longestMs`. Meanwhile lines are kept up to a bound, and those beyond it are dropped and counted; the first that is
 * written again says how many. Nothing here waits for the output: `process.stdout` makes a pipe non-blocking.
 */
export class StandardOutput implements DestinationStream {
  readonly #fd = process.stdout.fd;
  #waiting: (() => void)[] = [];
  #isCatchingUp = false;
  #lines: string[] = [];
  #length = 0;
  /** What was taken from the lines and not yet written. */
  #unwritten: Uint8Array = nothing;
  #isStalled = false;
  #dropped = 0;
  #droppedBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    process.once("exit", () => {
      this.#writeTheRest();
    });
  }

  /** How many lines were dropped since the process began. */
  get droppedLines(): number {
    return this.#droppedBefore + this.#dropped;
  }

  write(line: string): void {
    this.#writeWaiting();
    if (this.#isFull) {
      this.#dropped += 1;
      return;
    }
    this.#lines.push(line);
    this.#length += line.length;
    this.#goOn();
  }

  /** @param write writes a line, when there are many or another one is written at once */
  later(write: () => void): void {
    if (this.#isFull) {
      this.#dropped += 1;
      return;
    }
    if (this.#waiting.push(write) >= enoughWaiting) this.#writeWaiting();
    this.#goOn();
  }

  get #isFull(): boolean {
    return this.#isStalled && this.#length >= mostKept;
  }

  #goOn(): void {
    if (this.#isCatchingUp || this.#isStalled) return;
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
    try {
      this.#writeAll();
      this.#isStalled = false;
    } catch {
      this.#isStalled = true;
      // A log that nobody takes keeps no process alive.
      this.#timer = setTimeout(this.#flush, longestMs).unref();
    }
  };

  /** @throws what the system says where the output takes no more for now */
  #writeAll(): void {
    for (;;) {
      while (this.#unwritten.length > 0) {
        this.#unwritten = this.#unwritten.subarray(writeSync(this.#fd, this.#unwritten));
      }
      const text = this.#take();
      if (text === "") return;
      this.#unwritten = Buffer.from(text);
    }
  }

  /** By then nothing but a synchronous call gets out. */
  #writeTheRest(): void {
    const endMs = Date.now() + longestEndMs;
    for (;;) {
      try {
        this.#writeAll();
        return;
      } catch (error) {
        if (!isFull(error) || Date.now() >= endMs) return;
        sleep(endPauseMs);
      }
    }
  }

  #take(): string {
    this.#writeWaiting();
    const text = this.#lines.join("") + this.#droppedNote();
    this.#lines = [];
    this.#length = 0;
    return text;
  }

  #droppedNote(): string {
    if (this.#dropped === 0) return "";
    const droppedLines = this.#dropped;
    this.#droppedBefore += droppedLines;
    this.#dropped = 0;
    const time = new Date().toISOString();
    const msg = "log lines were dropped, as nothing took them";
    return `${JSON.stringify({ level: warnLevel, time, droppedLines, msg })}\n`;
  }
}

/** Whether it is a pipe that is full, and takes more when it is read. */
function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}

/** Stops the whole process for a moment. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

let shared: StandardOutput | undefined;

/** There is one for all loggers of the process. */
export function standardOutput(): StandardOutput {
  return (shared ??= new StandardOutput());
}

/** How many lines of the process's log were dropped, since nothing took them. */
export function droppedLogLines(): number {
  return shared?.droppedLines ?? 0;
}
