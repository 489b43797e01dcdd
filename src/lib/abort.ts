import { swapRemove } from "./arrays.js";

/** The part of an AbortSignal that is used here; every AbortSignal is one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * An AbortController and its signal in one, for use within the gateway. Hot path: Node's are event targets, which are
 * slow to create.
 */
export class AbortSource implements AbortSignalLike {
  /** Most have one listener at a time, and need no array. */
  #listener: (() => void) | undefined;
  #others: (() => void)[] | undefined;
  #aborted = false;
  #reason: unknown;

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** Calls the listeners; the first time only. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    const others = [...(this.#others ?? [])];
    this.#listener?.();
    for (const listener of others) listener();
  }

  addEventListener(_type: "abort", listener: () => void): void {
    if (this.#listener === undefined) this.#listener = listener;
    else (this.#others ??= []).push(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    if (this.#listener === listener) this.#listener = undefined;
    else if (this.#others !== undefined) swapRemove(this.#others, listener);
  }
}

/** @returns true after the whole time, false as soon as `signal` is aborted */
export function sleep(durationMs: number, signal: AbortSignalLike): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isOver: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve(isOver);
    };
    const wake = (): void => {
      end(false);
    };
    const timer = setTimeout(end, durationMs, true);
    signal.addEventListener("abort", wake);
  });
}
