import type { ErrorCode } from "../../graphql/index.js";
import type { StreamTransport } from "../../observability/index.js";
import type { Envelope } from "./payload.js";
import type { End } from "./results.js";

/** How the results of an operation are written into a response that goes on. */
export interface StreamFormat {
  readonly transport: StreamTransport;
  readonly contentType: string;
  /** Sent at once: some browsers and proxies hand over nothing of a response before its first bytes. */
  readonly opening: Buffer;
  /** Sent where nothing else is, so that nobody on the way takes the connection for dead. */
  readonly heartbeat: Buffer;
  readonly envelope: Envelope;
  /** The last bytes. */
  closing(why: End): Buffer;
}

const comment = Buffer.from(":\n\n");
const complete = Buffer.from("event: complete\ndata:\n\n");
const nothing = Buffer.alloc(0);

/**
 * GraphQL over Server-Sent Events, in distinct connections mode. Not by graphql-sse's handler: that queues events for a
 * client that does not read, without a bound, and turns each into JSON anew for every subscriber.
 */
export const sse: StreamFormat = {
  transport: "sse",
  contentType: "text/event-stream; charset=utf-8",
  opening: comment,
  heartbeat: comment,
  // JSON has no line breaks of its own.
  envelope: (json) => Buffer.from(`event: next\ndata: ${json}\n\n`),
  // Clients subscribe again where a stream ends and was not completed.
  closing: (why) => (why === "gateway stopping" ? nothing : complete),
};

const boundary = "graphql";

/** A part and the boundary after it: without that a client would not know that it is whole. */
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
