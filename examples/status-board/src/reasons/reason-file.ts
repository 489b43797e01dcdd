import type { DesiredStatusReasonInput, ReasonFragment } from "../gql/graphql.js";

/** Writes reasons as JSON that the import and the gateway's command line read: without ids, which other accounts do not have. */
export function writeReasonFile(reasons: readonly ReasonFragment[]): Blob {
  const content = { reasons: reasons.map(({ text, state, enabled }) => ({ text, state, enabled })) };
  return new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: "application/json" });
}

/**
 * Reads the reasons of a file. The gateway validates them.
 *
 * @returns undefined if the file has no list of reasons
 */
export async function readReasonFile(file: File): Promise<DesiredStatusReasonInput[] | undefined> {
  try {
    const { reasons } = JSON.parse(await file.text()) as { reasons?: unknown };
    return Array.isArray(reasons) ? (reasons as DesiredStatusReasonInput[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Saves a file as the browser does with downloads. */
export function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
