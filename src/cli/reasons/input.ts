import { open } from "node:fs/promises";

import { BatchInputError } from "../../status-reasons/index.js";
import { CommandProblem } from "../problem.js";
import type { PlanArguments } from "../reasons.arguments.js";
import type { Terminal } from "../terminal.js";
import { fileProblem, formatOfName, readReasonFile } from "./file/index.js";
import type { ReasonFile } from "./file/index.js";

/** What stands for standard input and output in place of a file's name. */
export const standardStream = "-";

/** The most bytes that are read: a file of as many reasons as are possible is far smaller. */
const maxBytes = 1024 * 1024;

/** A file that was read, with the name that problems are reported under. */
export interface InputFile extends ReasonFile {
  readonly name: string;
}

/**
 * Reads the file of `plan` and `apply`.
 *
 * @throws CommandProblem, FileProblem
 */
export async function readInput(
  { file, format, username }: Pick<PlanArguments, "file" | "format" | "username">,
  { input, errors }: Terminal,
): Promise<InputFile> {
  const isStandard = file === standardStream;
  if (isStandard && username !== undefined) {
    throw new CommandProblem("the file and the password cannot both come from standard input");
  }
  const as = format ?? formatOfName(file);
  if (as === undefined)
    throw new CommandProblem(`--format is needed: ${isStandard ? "standard input" : file} does not say it`);
  const name = isStandard ? "standard input" : file;
  const bytes = await bytesOf(isStandard ? input : await openFile(file), name);
  const read = readReasonFile(bytes, as, name);
  if (read.isWindows1252) errors.write(`${name} is not in UTF-8: read as Windows-1252\n`);
  return { ...read, name };
}

/** Says where in the file it is that was refused when it was planned. */
export async function explainingInput<T>({ name, placeOf }: InputFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BatchInputError)) throw error;
    const placeAt = (path: string): string | undefined => {
      const [, index, field] = itemPath.exec(path) ?? [];
      return index === undefined ? undefined : placeOf(Number(index), field);
    };
    const issues = error.faults.map(({ path, message }) => ({
      place: placeAt(path),
      // Another item is named by its line.
      message: `${path} ${message}`
        .replace(/^reasons\.\d+\./, "")
        .replace(/reasons\.\d+\.\w+/g, (other) => `that of line ${placeAt(other)?.replace(/:.*/, "") ?? ""}`),
    }));
    throw fileProblem(name, issues);
  }
}

/** The path of a reason's field. */
const itemPath = /^reasons\.(\d+)\.(\w+)$/;

async function openFile(file: string): Promise<AsyncIterable<string | Buffer>> {
  try {
    return (await open(file)).createReadStream();
  } catch (error) {
    throw new CommandProblem(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws CommandProblem where there are more than {@link maxBytes} */
async function bytesOf(stream: AsyncIterable<string | Buffer>, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > maxBytes)
      throw new CommandProblem(`${name} is too large: it has more than ${maxBytes} bytes`);
  }
  return Buffer.concat(chunks);
}
