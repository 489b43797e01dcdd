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
   * What stands for `body` where two reads are compared, for bodies that differ without asking for anything
   * else, such as by the time they were made at. Reads that agree in it may get each other's answer.
   * @default `body`
   */
  readonly sharingKey?: string;
  /** The statuses that are this endpoint's success. */
  readonly success: readonly number[];
}

/** An answer of the upstream, whatever its status. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Body;
}
