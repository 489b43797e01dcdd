import { isJsonObject } from "../../lib/index.js";
import { Problem } from "../problem.js";

/** A failure to inject. It has at most one effect; without one, it only delays the request. */
export interface Fault {
  /** The requests that it applies to; all by default. */
  match?: {
    method?: string;
    /** A substring of the URL, including the query. */
    path?: string;
    /** A substring of the body as received. */
    body?: string;
  };
  /**
   * The number of requests that it applies to.
   * @default all until the faults are cleared
   */
  times?: number;
  /** Delays the request before anything else happens, except for an early reset. */
  latencyMs?: number;
  /** Effect: sends this response instead of processing the request. */
  status?: number;
  /** The body of that response. Its content type, if any, belongs to `headers`. */
  body?: string;
  headers?: Record<string, string>;
  /**
   * Effect: resets the connection before or after the request is processed. `early` resets it at once and processes
   * the request nevertheless, after the latency or when the faults are cleared.
   */
  reset?: "before" | "after" | "early";
  /** Effect: sends the complete `Content-Length` but half of the body, and closes the connection. */
  truncate?: boolean;
  /** Effect: never responds and never processes the request. */
  hang?: boolean;
}

/** What decides whether a fault applies to a request. */
export interface FaultTarget {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
}

interface ArmedFault {
  readonly fault: Fault;
  left: number;
}

/** The faults that are armed, and the requests that they delay. */
export class Faults {
  readonly #armed: ArmedFault[] = [];
  readonly #held = new Set<() => void>();

  /** The faults that are armed, in the order in which requests use them up. */
  get pending(): readonly Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** @throws RangeError if a fault has more than one effect. */
  add(...faults: Fault[]): void {
    if (faults.some((fault) => effectCount(fault) > 1))
      throw new RangeError("A fault has at most one effect.");
    this.#armed.push(...faults.map((fault) => ({ fault, left: fault.times ?? Infinity })));
  }

  /** Removes all faults, ends all delays and closes the connections of requests that hang. */
  clear(): void {
    this.#armed.length = 0;
    for (const release of [...this.#held]) release();
  }

  /** Uses up the first fault that applies to a request, if any. Called by the emulator for each request. */
  take(request: FaultTarget): Fault | undefined {
    const index = this.#armed.findIndex(({ fault }) => appliesTo(fault, request));
    const armed = this.#armed[index];
    if (armed === undefined) return undefined;
    armed.left -= 1;
    if (armed.left <= 0) this.#armed.splice(index, 1);
    return armed.fault;
  }

  /** Resolves after `durationMs`, or when the faults are cleared. */
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

function appliesTo({ match = {} }: Fault, { method, url, body }: FaultTarget): boolean {
  return (
    (match.method === undefined || match.method === method) &&
    (match.path === undefined || url.includes(match.path)) &&
    (match.body === undefined || body.includes(match.body))
  );
}

/** The number of effects of a fault. */
function effectCount({ status, reset, truncate, hang }: Fault): number {
  return [status !== undefined, reset !== undefined, truncate === true, hang === true].filter(Boolean).length;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isTexts = (value: unknown): boolean => isJsonObject(value) && Object.values(value).every(isText);

/** The check of each field of a fault. */
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
 * Reads a fault from the body of a request.
 *
 * @throws Problem 400
 */
export function readFault(value: unknown): Fault {
  if (!isJsonObject(value)) throw new Problem(400, "A fault must be an object.");
  for (const [name, content] of Object.entries(value)) {
    if (!isField(name) || !checks[name](content))
      throw new Problem(400, `${name} is not a valid field of a fault.`);
  }
  if (effectCount(value) > 1) throw new Problem(400, "A fault has at most one effect.");
  return value;
}

const isField = (name: string): name is keyof Fault => Object.hasOwn(checks, name);
