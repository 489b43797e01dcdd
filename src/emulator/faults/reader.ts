import { effectCount } from "./faults.js";
import type { Fault } from "./faults.js";
import { isObject } from "../json.js";
import { Problem } from "../problem.js";

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isTexts = (value: unknown): boolean => isObject(value) && Object.values(value).every(isText);

/** What each field of a fault must be. */
const checks: Readonly<Record<keyof Fault, (value: unknown) => boolean>> = {
  match: isTexts,
  times: (value) => isCount(value) && value !== 0,
  latencyMs: isCount,
  status: (value) => isCount(value) && Number(value) >= 200 && Number(value) <= 599,
  body: isText,
  headers: isTexts,
  reset: (value) => value === "before" || value === "after" || value === "early",
  truncate: isFlag,
  hang: isFlag,
};

/**
 * Reads a fault that came over HTTP.
 *
 * @throws Problem 400
 */
export function readFault(value: unknown): Fault {
  if (!isObject(value)) throw new Problem(400, "A fault is expected.");
  for (const [name, content] of Object.entries(value)) {
    if (!isField(name) || !checks[name](content)) throw new Problem(400, `${name} is not valid in a fault.`);
  }
  if (effectCount(value) > 1) throw new Problem(400, "A fault has one effect at most.");
  return value;
}

const isField = (name: string): name is keyof Fault => Object.hasOwn(checks, name);
