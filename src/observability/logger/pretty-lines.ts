import { styleText } from "node:util";

import type { DestinationStream } from "pino";

/** A logged object, parsed. */
type Line = Readonly<Record<string, unknown>>;

/** Lines for a person at a terminal, in colour: one for each thing that happened. Imported only where they are wanted. */
export async function prettyLines(): Promise<DestinationStream> {
  const { default: pretty } = await import("pino-pretty");
  return pretty({
    colorize: true,
    sync: true,
    translateTime: "HH:MM:ss.l",
    // The message has them.
    hideObject: true,
    messageFormat: (line) => describeLine(line),
  });
}

/** A line in words, with all that it has; only stacks take further lines. */
export function describeLine(line: Line): string {
  return line["msg"] === "operation" ? describeOperation(line) : describeOther(line);
}

/** Such as `query Count failed in 12 ms: UPSTREAM_ERROR accountConfigReadOnly 500, account 12345678: The upstream failed.` */
function describeOperation(line: Line): string {
  const { type, operation, outcome, durationMs, upstreamCalls, errorCodes, error, accountId, requestId } =
    line;
  const name = `${type === "unknown" ? "operation" : words(type)} ${words(operation)}`.trim();
  const took = `in ${words(durationMs)} ms, ${words(upstreamCalls)} upstream ${upstreamCalls === 1 ? "call" : "calls"}`;
  const id = styleText("dim", words(requestId));
  if (!Array.isArray(errorCodes)) return `${name} ${words(outcome)} ${took} ${id}`;
  const failure = (error ?? {}) as Line;
  const where = [failure["service"], failure["operation"], failure["status"]].map(words).filter(Boolean);
  const account = accountId === undefined ? "" : `, account ${words(accountId)}`;
  const message = failure["message"] === undefined ? "" : `: ${words(failure["message"])}`;
  return `${name} ${words(outcome)} ${took}: ${[errorCodes.map(words).join(", "), ...where].join(" ")}${account}${message} ${id}`;
}

function describeOther({ msg, err, ...rest }: Line): string {
  const others = Object.entries(rest).filter(([name]) => name !== "level" && name !== "time");
  const members = others.map(([name, value]) => `${name}=${words(value)}`);
  const { stack } = (err ?? {}) as { stack?: unknown };
  const described = [words(msg), styleText("dim", members.join(" "))].join(" ").trimEnd();
  return typeof stack === "string" ? `${described}\n${stack.replace(controls, "")}` : described;
}

/** Characters that a terminal obeys instead of showing them, but for line breaks. */
const controls = /(?!\n)\p{Cc}/gu;

/** Any value in one line, in which nothing of somebody else's can act on the terminal. */
function words(value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replaceAll("\n", " ").replace(controls, "");
}
