import { writeSync } from "node:fs";

import type { DestinationStream } from "pino";

/** Lines are written once there are this many characters of them. */
const flushLength = 32 * 1024;

/** Deferred lines are formatted once there are this many of them. */
const maxDeferred = 64;

/** How long a line waits at most, and how often a stalled output is retried, in milliseconds. */
const flushMs = 100;

/** How many characters of lines are kept for a stalled output. Further lines are dropped and counted. */
const maxKept = 1024 * 1024;

/** How long the exit of the process waits for a full pipe, in milliseconds. */
const maxExitMs = 500;

/** How often a full pipe is retried then, in milliseconds. */
const exitPauseMs = 10;

const nothing = Buffer.alloc(0);

/** The level of pino's `warn`. */
const warnLevel = 40;

/**
 * Standard output that writes many lines with one system call.
 *
 * An output that takes nothing (a pipe that nobody reads or that is closed, a full disk) has stalled, and is retried
 * every `flushMs`. Meanwhile lines are kept up to a bound, and further ones are dropped and counted; once it writes
 * again, a line says how many. Nothing here waits for the output: `process.stdout` makes a pipe non-blocking.
 */
export class StandardOutput implements DestinationStream {
  readonly #fd = process.stdout.fd;
  #deferred: (() => void)[] = [];
  #isFormatting = false;
  #lines: string[] = [];
  #length = 0;
  /** Bytes of lines that a write left over. */
  #unwritten: Uint8Array = nothing;
  #isStalled = false;
  #dropped = 0;
  #droppedBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    process.once("exit", () => {
      this.#writeOnExit();
    });
  }

  /** How many lines were dropped since the process began. */
  get droppedLines(): number {
    return this.#droppedBefore + this.#dropped;
  }

  write(line: string): void {
    this.#formatDeferred();
    if (this.#isFull) {
      this.#dropped += 1;
      return;
    }
    this.#lines.push(line);
    this.#length += line.length;
    this.#scheduleFlush();
  }

  /** @param write writes one line; called when there are many, or before another line is written */
  later(write: () => void): void {
    if (this.#isFull) {
      this.#dropped += 1;
      return;
    }
    if (this.#deferred.push(write) >= maxDeferred) this.#formatDeferred();
    this.#scheduleFlush();
  }

  get #isFull(): boolean {
    return this.#isStalled && this.#length >= maxKept;
  }

  #scheduleFlush(): void {
    if (this.#isFormatting || this.#isStalled) return;
    if (this.#length >= flushLength) this.#flush();
    else this.#timer ??= setTimeout(this.#flush, flushMs);
  }

  /** Flushes nothing meanwhile: the caller needs all of the lines. */
  #formatDeferred(): void {
    if (this.#deferred.length === 0) return;
    const deferred = this.#deferred;
    this.#deferred = [];
    this.#isFormatting = true;
    try {
      for (const write of deferred) write();
    } finally {
      this.#isFormatting = false;
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
      // A stalled log does not keep the process alive.
      this.#timer = setTimeout(this.#flush, flushMs).unref();
    }
  };

  /** @throws the system's error if the output takes no more for now */
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

  /** On exit: from then on only synchronous calls have an effect. */
  #writeOnExit(): void {
    const endMs = Date.now() + maxExitMs;
    for (;;) {
      try {
        this.#writeAll();
        return;
      } catch (error) {
        if (!isFull(error) || Date.now() >= endMs) return;
        sleep(exitPauseMs);
      }
    }
  }

  #take(): string {
    this.#formatDeferred();
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

/** Whether the output is a full pipe, which takes more once it is read. */
function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}

/** Blocks the whole process. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

let shared: StandardOutput | undefined;

/** The process's: one for all loggers. */
export function standardOutput(): StandardOutput {
  return (shared ??= new StandardOutput());
}

/** How many lines of the process's log were dropped. */
export function droppedLogLines(): number {
  return shared?.droppedLines ?? 0;
}
