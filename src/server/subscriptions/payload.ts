import type { FormattedExecutionResult } from "graphql";

import { summarizeResult } from "../../observability/index.js";
import type { OperationSummary } from "../../observability/index.js";

/** Encodes the JSON of a result as a transport sends it. */
export type Envelope = (json: string) => Buffer;

/** A serialized result. All subscribers that get the same result share it and its memory. */
export class Payload {
  /** The result, as JSON. */
  readonly json: string;
  readonly summary: Pick<OperationSummary, "outcome" | "errorCodes">;
  readonly #chunks = new Map<Envelope, Buffer>();

  constructor(result: FormattedExecutionResult) {
    const { errors, data, extensions } = result;
    // Errors come first, as Apollo writes them.
    this.json = JSON.stringify({ errors, data, extensions });
    this.summary = summarizeResult(result);
  }

  /** The bytes to send, encoded once for each envelope. */
  in(envelope: Envelope): Buffer {
    let chunk = this.#chunks.get(envelope);
    if (chunk === undefined) this.#chunks.set(envelope, (chunk = envelope(this.json)));
    return chunk;
  }
}
