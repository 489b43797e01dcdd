import type { ValueOf } from "./resolver-call.js";
import { TextJoiner, writeLater } from "./text.js";
import type { Failed, Run, Text, Write } from "./text.js";

/** How a field of an object is written. */
export interface FieldText {
  /** The text before the value: a comma unless it is the first field, the response key, and a colon. */
  readonly label: string;
  readonly valueOf: ValueOf;
  readonly write: Write;
}

/** The text around an object's fields. */
export interface Brackets {
  readonly open: string;
  readonly close: string;
}

/**
 * Writes an object. Fields are executed as by graphql-js: after a failure that yields null the remaining fields are
 * executed, so that their loads are batched; after a failure that propagates to the object they are not.
 */
export function writeObject(
  fields: readonly FieldText[],
  { open, close }: Brackets,
  source: unknown,
  run: Run,
): Text {
  let text = open;
  let joiner: TextJoiner | undefined;
  let hasFailed = false;
  for (const { label, valueOf, write } of fields) {
    const part = write(valueOf(source, run), run);
    if (part === undefined || text.length > run.maxLength) return thrown(joiner);
    if (part === null) hasFailed = true;
    else if (typeof part === "string") text += label + part;
    else {
      (joiner ??= new TextJoiner(run.maxLength)).add(text + label, part);
      text = "";
    }
  }
  if (hasFailed) return null;
  return joiner === undefined ? text + close : joiner.end(text + close);
}

/** Writes a list, whose items are executed as the fields of an object are. */
export function writeList(items: readonly unknown[], writeItem: Write, run: Run): Text {
  let text = "[";
  let joiner: TextJoiner | undefined;
  let hasFailed = false;
  for (let index = 0; index < items.length; index += 1) {
    const part = writeItem(items[index], run);
    if (index > 0) text += ",";
    if (part === undefined || text.length > run.maxLength) {
      handleRejections(items, index + 1);
      return thrown(joiner);
    }
    if (part === null) hasFailed = true;
    else if (typeof part === "string") text += part;
    else {
      (joiner ??= new TextJoiner(run.maxLength)).add(text, part);
      text = "";
    }
  }
  if (hasFailed) return null;
  return joiner === undefined ? `${text}]` : joiner.end(`${text}]`);
}

/** graphql-js throws, or rejects if a part is pending already; a rejection does not stop the fields around it. */
function thrown(joiner: TextJoiner | undefined): Failed {
  return joiner?.hasPromise === true ? null : undefined;
}

/** Handles the rejections of promises that are no longer awaited. */
function handleRejections(items: readonly unknown[], from: number): void {
  for (const item of items.slice(from)) if (item instanceof Promise) item.catch(() => undefined);
}

/** Extends a writer of present values to null, errors and promises, as graphql-js completes a value. */
export function completing(writePresent: Write, isRequired: boolean): Write {
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
