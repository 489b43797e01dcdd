import { inspect } from "node:util";

const masked = "***";

/** A text that shows itself to nobody but who asks for it: printed, logged or made JSON, it is masked. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself, for the place where it is used. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return masked;
  }

  toJSON(): string {
    return masked;
  }

  [inspect.custom](): string {
    return masked;
  }
}
