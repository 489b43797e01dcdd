import { stringifyJson } from "./json.js";

/** A refusal: what a route throws instead of answering. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** The body of an error response; an empty one has no type. */
export interface ProblemBody {
  contentType?: string;
  body: string;
}

type Form = (problem: Problem, at: number) => ProblemBody;

const json = (value: unknown): ProblemBody => ({
  contentType: "application/json; charset=utf-8",
  body: stringifyJson(value),
});

const numbered: Form = ({ message }, at) => json({ time: at, message, internalCode: 20 });
const described: Form = ({ status, message }) =>
  json({ error: status === 401 ? "unauthorized" : "precondition_failed", error_description: message });
const typed: Form = ({ status, message }) =>
  json({ type: status === 409 ? "Conflict" : "Forbidden", message });
const plain: Form = ({ message }) => ({ contentType: "text/plain; charset=utf-8", body: message });
const empty: Form = () => ({ body: "" });
const page: Form = ({ status }) => ({
  contentType: "text/html; charset=utf-8",
  body: `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>Error ${status}</h1></body></html>`,
});

/**
 * The vendor documents no form for error bodies, and in the field they vary. Here they vary by status, on
 * purpose: a client that survives the emulator survives each of them.
 */
const forms: Readonly<Record<number, Form>> = {
  400: numbered,
  401: described,
  403: typed,
  404: plain,
  405: empty,
  409: typed,
  412: described,
  429: plain,
  451: numbered,
  500: page,
};

/** The body that goes with a problem. `at`: epoch milliseconds. */
export function problemBody(problem: Problem, at: number): ProblemBody {
  return (forms[problem.status] ?? numbered)(problem, at);
}
