import { UpstreamError } from "../../upstream/http/index.js";
import { CommandProblem } from "../problem.js";
import { escapeControls } from "../terminal.js";

/** An error of the upstream, as people and machines read it. */
export interface ExplainedError {
  /** A code of docs/errors.md. */
  readonly code: string;
  readonly message: string;
}

/** Explains an error of the upstream as the gateway does. */
export async function explainError(error: UpstreamError): Promise<ExplainedError> {
  // What loads the schema takes half a second, and most runs have no error.
  const { describeUpstreamError } = await import("../../graphql/index.js");
  const { message, extensions } = describeUpstreamError(error);
  return { code: extensions.code, message: escapeControls(message) };
}

/** Does work whose upstream errors become problems in words. */
export async function explainingErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new CommandProblem((await explainError(error)).message, { cause: error });
  }
}
