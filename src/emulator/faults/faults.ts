import { isObject } from "../json.js";
import { Problem } from "../problem.js";

/** Something that goes wrong on demand. It has one effect at most; with none, it is only late. */
export interface Fault {
  /** Which requests it is for. Default: all. */
  match?: {
    method?: string;
    /** A part of the URL, query included. */
    path?: string;
    /** A part of the body as it was sent. */
    body?: string;
  };
  /**
   * How many requests it is for.
   * @default until cleared
   */
  times?: number;
  /** How long the request waits before anything else happens, but for an early reset. */
  latencyMs?: number;
  /** Effect: this answer, byte for byte, instead of the upstream's. */
  status?: number;
  /** Body of the answer. Its content type, if any, is among the headers. */
  body?: string;
  headers?: Record<string, string>;
  /**
   * Effect: the connection is reset, before the request is processed or after (a write has happened then). `early`:
   * it is reset at once, and the request is processed all the same, after the latency or when the faults are cleared.
   */
  reset?: "before" | "after" | "early";
  /** Effect: the right answer with the right `Content-Length`, cut off in the middle of its body. */
  truncate?: boolean;
  /** Effect: no answer at all; the request is never processed. */
  hang?: boolean;
}

interface ArmedFault {
  readonly fault: Fault;
  left: number;
}

/** The faults to come, and the requests they hold. */
export class Faults {
  readonly #armed: ArmedFault[] = [];
  readonly #held = new Set<() => void>();

  /** The faults that still have requests to hit, in the order in which they are consumed. */
  get pending(): readonly Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** @throws RangeError when a fault has more than one effect. */
  add(...faults: Fault[]): void {
    if (faults.some((fault) => effectCount(fault) > 1))
      throw new RangeError("A fault has one effect at most.");
    this.#armed.push(...faults.map((fault) => ({ fault, left: fault.times ?? Infinity })));
  }

  /** Forgets all faults, ends the latency of requests that wait and drops the connections of those that hang. */
  clear(): void {
    this.#armed.length = 0;
    for (const release of [...this.#held]) release();
  }

  /** Called by the emulator for each request: the first fault that is for it, if any. */
  take(method: string, url: string, body: string): Fault | undefined {
    const index = this.#armed.findIndex(({ fault }) => isFor(fault, method, url, body));
    const armed = this.#armed[index];
    if (armed === undefined) return undefined;
    armed.left -= 1;
    if (armed.left <= 0) this.#armed.splice(index, 1);
    return armed.fault;
  }

  /** Resolves after `durationMs`, or when the faults are cleared, whichever is first. */
  hold(durationMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const release = (): void => {
        clearTimeout(timer);
        this.#held.delete(release);
        resolve();
      };
      const timer = durationMs === undefined ? undefined : setTimeout(release, durationMs);
      this.#held.add(release);
    });
  }
}

function isFor({ match = {} }: Fault, method: string, url: string, body: string): boolean {
  return (
    (match.method === undefined || match.method === method) &&
    (match.path === undefined || url.includes(match.path)) &&
    (match.body === undefined || body.includes(match.body))
  );
}

/** How many effects a fault names; it is to be one at most. */
function effectCount({ status, reset, truncate, hang }: Fault): number {
  return [status !== undefined, reset !== undefined, truncate === true, hang === true].filter(Boolean).length;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isTexts = (value: unknown): boolean => isObject(value) && Object.values(value).every(isText);

/** What each field of a fault must be. */
const checks: Readonly<Record<keyof Fault, (value: unknown) => boolean>> = {
  match: isTexts,
  times: (value) => isCount(value) && value !== 0,
  latencyMs: isCount,
  status: (value) => isCount(value) && Number(value) >= 200 && Number(value) <= 599,
  body: isText,
  headers: isTexts,
  reset: (value) => value === "before" || value === "after" || value === "early",
  truncate: isFlag,
  hang: isFlag,
};

/**
 * Reads a fault that came over HTTP.
 *
 * @throws Problem 400
 */
export function readFault(value: unknown): Fault {
  if (!isObject(value)) throw new Problem(400, "A fault is expected.");
  for (const [name, content] of Object.entries(value)) {
    if (!isField(name) || !checks[name](content)) throw new Problem(400, `${name} is not valid in a fault.`);
  }
  if (effectCount(value) > 1) throw new Problem(400, "A fault has one effect at most.");
  return value;
}

const isField = (name: string): name is keyof Fault => Object.hasOwn(checks, name);
