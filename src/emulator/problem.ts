import { stringifyJson } from "../lib/index.js";

/** An error response. Routes throw it. */
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

/** The body of an error response. An empty one has no content type. */
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
 * The form of an error body by status. The vendor documents none, and real error bodies vary. The emulator varies them
 * too, so that clients are tested with each form.
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

/** @param at - Epoch milliseconds. */
export function problemBody(problem: Problem, at: number): ProblemBody {
  return (forms[problem.status] ?? numbered)(problem, at);
}
