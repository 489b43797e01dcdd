import type { ValueOf } from "./resolver-call.js";
import { Joining, writeLater } from "./text.js";
import type { Run, Text, Write } from "./text.js";

/** A field as it is written. */
export interface FieldText {
  /** What stands before the value: a bracket or a comma, and the field's name in the answer. */
  readonly label: string;
  readonly valueOf: ValueOf;
  readonly write: Write;
}

/** @param close what stands after the fields */
export function writeObject(fields: readonly FieldText[], close: string, source: unknown, run: Run): Text {
  let text = "";
  let joining: Joining | undefined;
  for (const { label, valueOf, write } of fields) {
    const part = write(valueOf(source, run), run);
    if (part === undefined) return undefined;
    text += label;
    if (typeof part === "string") text += part;
    else {
      (joining ??= new Joining()).add(text, part);
      text = "";
    }
  }
  return joining === undefined ? text + close : joining.end(text + close);
}

export function writeList(items: readonly unknown[], writeItem: Write, run: Run): Text {
  let text = "[";
  let joining: Joining | undefined;
  let hasFailed = false;
  for (let index = 0; index < items.length; index += 1) {
    // Also after a failure: the rest may be promises, whose rejections somebody has to take.
    const part = writeItem(items[index], run);
    hasFailed ||= part === undefined;
    if (index > 0) text += ",";
    if (typeof part !== "object") text += String(part);
    else {
      (joining ??= new Joining()).add(text, part);
      text = "";
    }
  }
  if (hasFailed) return undefined;
  return joining === undefined ? `${text}]` : joining.end(`${text}]`);
}

/** Writes what may also be absent, an error, or still to come. */
export function settling(writePresent: Write, isRequired: boolean): Write {
  const absent = isRequired ? undefined : "null";
  const write: Write = (value, run) => {
    if (value == null) return absent;
    if (typeof value === "object") {
      if (value instanceof Promise) return writeLater(value, write, run);
      if (value instanceof Error) return undefined;
    }
    return writePresent(value, run);
  };
  return write;
}
