import { writeFile } from "node:fs/promises";

import type { Environment } from "../../config/index.js";
import { maxBatchItems } from "../../status-reasons/index.js";
import type { StatusReasonRecord } from "../../upstream/api/index.js";
import { CommandProblem } from "../problem.js";
import type { ExportArguments } from "../reasons.arguments.js";
import type { Terminal } from "../terminal.js";
import { formatOfName, isWritable, writeReasonFile } from "./file/index.js";
import { standardStream } from "./input.js";
import { withSession } from "./session.js";

/**
 * Writes an account's reasons to a file or standard output.
 *
 * @returns the exit code
 */
export async function exportReasons(
  args: ExportArguments,
  terminal: Terminal,
  env: Environment,
): Promise<number> {
  const { output, format = formatOfName(output) ?? "json", withIds = false, separator } = args;
  const { value: records } = await withSession(args, terminal, env, (session) => session.list());
  warnAbout(records, terminal);
  const text = writeReasonFile(records, { format, withIds, separator });
  if (output === standardStream) terminal.output.write(text);
  else await write(output, text);
  return 0;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandProblem(`${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/** Warns about what `plan` refuses until a person has decided about it. */
function warnAbout(records: readonly StatusReasonRecord[], { errors }: Terminal): void {
  for (const { id, state } of records.filter((record) => !isWritable(record))) {
    errors.write(`warning: reason ${id} has the state ${state}, which cannot be written back\n`);
  }
  if (records.length > maxBatchItems) {
    errors.write(`warning: ${records.length} reasons; plan and apply take ${maxBatchItems} at most\n`);
  }
}
