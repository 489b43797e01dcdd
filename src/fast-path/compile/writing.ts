import type { ValueOf } from "./resolver-call.js";
import { Joining, writeLater } from "./text.js";
import type { Failed, Run, Text, Write } from "./text.js";

/** A field as it is written. */
export interface FieldText {
  /** What stands before the value: a comma, and the field's name in the answer. */
  readonly label: string;
  readonly valueOf: ValueOf;
  readonly write: Write;
}

/** What stands around an object's fields. */
export interface Brackets {
  readonly open: string;
  readonly close: string;
}

/**
 * Writes an object. Fields are executed as graphql-js does: after a failure that leaves a null the others are, so that
 * what they load is loaded together; after one that takes the object away they are not.
 */
export function writeObject(
  fields: readonly FieldText[],
  { open, close }: Brackets,
  source: unknown,
  run: Run,
): Text {
  let text = open;
  let joining: Joining | undefined;
  let hasFailed = false;
  for (const { label, valueOf, write } of fields) {
    const part = write(valueOf(source, run), run);
    if (part === undefined || text.length > run.maxLength) return thrown(joining);
    if (part === null) hasFailed = true;
    else if (typeof part === "string") text += label + part;
    else {
      (joining ??= new Joining(run.maxLength)).add(text + label, part);
      text = "";
    }
  }
  if (hasFailed) return null;
  return joining === undefined ? text + close : joining.end(text + close);
}

/** Writes a list; items are executed as the fields of an object are. */
export function writeList(items: readonly unknown[], writeItem: Write, run: Run): Text {
  let text = "[";
  let joining: Joining | undefined;
  let hasFailed = false;
  for (let index = 0; index < items.length; index += 1) {
    const part = writeItem(items[index], run);
    if (index > 0) text += ",";
    if (part === undefined || text.length > run.maxLength) {
      handleRejections(items, index + 1);
      return thrown(joining);
    }
    if (part === null) hasFailed = true;
    else if (typeof part === "string") text += part;
    else {
      (joining ??= new Joining(run.maxLength)).add(text, part);
      text = "";
    }
  }
  if (hasFailed) return null;
  return joining === undefined ? `${text}]` : joining.end(`${text}]`);
}

/** graphql-js throws, or rejects where it has a promise by then: those around it go on in that case. */
function thrown(joining: Joining | undefined): Failed {
  return joining?.hasPromise === true ? null : undefined;
}

/** What nobody waits for any more may still reject. */
function handleRejections(items: readonly unknown[], from: number): void {
  for (const item of items.slice(from)) if (item instanceof Promise) item.catch(() => undefined);
}

/** Writes what may also be absent, an error, or still to come. */
export function settling(writePresent: Write, isRequired: boolean): Write {
  const absent = isRequired ? undefined : "null";
  const failed: Failed = isRequired ? undefined : null;
  const write: Write = (value, run) => {
    if (value == null) return absent;
    if (typeof value === "object") {
      if (value instanceof Promise) return writeLater(value, write, run);
      if (value instanceof Error) return failed;
    }
    const text = writePresent(value, run);
    return text === undefined ? failed : text;
  };
  return write;
}
