import { multipart, sse } from "./stream-formats.js";
import type { StreamFormat } from "./stream-formats.js";

/** What a client that accepts a streamed response prefers. */
export interface AcceptedFormat {
  readonly format: StreamFormat;
  /** Whether the client also accepts plain JSON, which is sent for a single result. */
  readonly takesJson: boolean;
}

/** A media range of an `Accept` header. */
interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0 to 1. */
  readonly quality: number;
}

const jsonTypes: ReadonlySet<string> = new Set(["application/json", "application/graphql-response+json"]);

/** The supported version of the multipart protocol. */
const subscriptionSpec = "1.0";

/**
 * Selects the streaming format that a client prefers. The header has to name one: a client that accepts any type expects
 * JSON.
 *
 * @returns undefined where the header names no streaming format
 */
export function acceptedFormat(accept: string | undefined): AcceptedFormat | undefined {
  if (accept === undefined || !/event-stream|subscriptionspec/i.test(accept)) return undefined;
  const ranges = accept.split(",").map(mediaRange);
  const wanted = ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  const format = wanted.map(formatOf).find((known) => known !== undefined);
  return format && { format, takesJson: wanted.some(({ type }) => jsonTypes.has(type)) };
}

function formatOf({ type, parameters }: MediaRange): StreamFormat | undefined {
  if (type === "text/event-stream") return sse;
  const isMultipart = type === "multipart/mixed" && parameters.get("subscriptionspec") === subscriptionSpec;
  return isMultipart ? multipart : undefined;
}

function mediaRange(text: string): MediaRange {
  const [type = "", ...rest] = text.split(";").map((item) => item.trim());
  const parameters = new Map(rest.map(parameter));
  const quality = Number(parameters.get("q") ?? 1);
  return { type: type.toLowerCase(), parameters, quality };
}

function parameter(text: string): [name: string, value: string] {
  const [name = "", value = ""] = text.split("=").map((item) => item.trim());
  return [name.toLowerCase(), value.replace(/^"(.*)"$/, "$1")];
}
