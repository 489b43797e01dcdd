import type { Body } from "./body.js";
import type { UpstreamOperation } from "./upstream-error.js";
import type { ServiceName } from "../../wire/index.js";

/** One request to the upstream. Its `intent`, not its method, decides whether it is retried and shared. */
export interface UpstreamRequest extends UpstreamOperation {
  readonly service: ServiceName;
  readonly accountId: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query. */
  readonly path: string;
  /** A value for `If-Match`. */
  readonly ifMatch?: string;
  /** JSON. */
  readonly body?: string;
  /**
   * Replaces `body` where two reads are compared, for bodies that differ in the time of the request only. Reads with the
   * same key may share a response.
   * @default `body`
   */
  readonly sharingKey?: string;
  /** The statuses that are this endpoint's success. */
  readonly success: readonly number[];
}

/** A response of the upstream, of any status. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Body;
}
