import type { ErrorCode } from "../../graphql/index.js";
import type { StreamTransport } from "../../observability/index.js";
import type { Envelope } from "./payload.js";
import type { End } from "./results.js";

/** How the results of an operation are written to a streamed response. */
export interface StreamFormat {
  readonly transport: StreamTransport;
  readonly contentType: string;
  /** Sent at once: some browsers and proxies withhold a response until its body has begun. */
  readonly opening: Buffer;
  /** Sent at an interval, so that no proxy closes the connection as idle. */
  readonly heartbeat: Buffer;
  readonly envelope: Envelope;
  /** The last bytes. */
  closing(why: End): Buffer;
}

const comment = Buffer.from(":\n\n");
const complete = Buffer.from("event: complete\ndata:\n\n");
const nothing = Buffer.alloc(0);

/**
 * GraphQL over Server-Sent Events, in distinct connections mode. graphql-sse's handler is not used: it queues events
 * without a bound for a client that does not read, and serializes each event once per subscriber.
 */
export const sse: StreamFormat = {
  transport: "sse",
  contentType: "text/event-stream; charset=utf-8",
  opening: comment,
  heartbeat: comment,
  // JSON.stringify writes no line breaks.
  envelope: (json) => Buffer.from(`event: next\ndata: ${json}\n\n`),
  // Clients subscribe again if a stream ends without `complete`.
  closing: (why) => (why === "gateway stopping" ? nothing : complete),
};

const boundary = "graphql";

/** A part with the boundary that ends it: a client waits for the boundary before it reads the part. */
const part = (json: string) => `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--${boundary}`;

const code: ErrorCode = "UPSTREAM_UNAVAILABLE";
const stopping = JSON.stringify({
  payload: null,
  errors: [{ message: "The gateway is stopping; subscribe again.", extensions: { code, retryable: true } }],
});

/** Apollo's multipart protocol for subscriptions over HTTP. */
export const multipart: StreamFormat = {
  transport: "multipart",
  contentType: `multipart/mixed;boundary="${boundary}";subscriptionSpec=1.0`,
  opening: Buffer.from(`\r\n--${boundary}`),
  heartbeat: Buffer.from(part("{}")),
  envelope: (json) => Buffer.from(part(`{"payload":${json}}`)),
  closing: (why) => Buffer.from(`${why === "gateway stopping" ? part(stopping) : ""}--\r\n`),
};
