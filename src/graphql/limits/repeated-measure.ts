import type { ArgumentNode, OperationDefinitionNode } from "graphql";

import { recordsAskedFor } from "./argument-size.js";
import type { RawVariables } from "./argument-size.js";
import type { RecordCount } from "./field-costs.js";
import type { Measure } from "./measure.js";

/** How many records a field's arguments ask for. */
export type CountRecords = (args: readonly ArgumentNode[], records: RecordCount) => number;

interface Counted {
  readonly args: readonly ArgumentNode[];
  readonly records: RecordCount;
  readonly count: number;
}

/** What an operation came to, and the counts it did so for: all of it that depends on the variables. */
interface Measured {
  readonly measure: Measure;
  readonly counts: readonly Counted[];
}

const cache = new WeakMap<OperationDefinitionNode, Measured>();

/**
 * Documents are parsed once: an operation that comes again with lists as long as the last time comes to the
 * same. 4 µs become 0.5 µs.
 */
export function measureOnce(
  operation: OperationDefinitionNode,
  variables: RawVariables,
  measureWith: (countRecords: CountRecords) => Measure,
): Measure {
  const last = cache.get(operation);
  if (last?.counts.every(({ args, records, count }) => recordsAskedFor(args, records, variables) === count))
    return last.measure;
  const counts: Counted[] = [];
  const measure = measureWith((args, records) => {
    const count = recordsAskedFor(args, records, variables);
    counts.push({ args, records, count });
    return count;
  });
  cache.set(operation, { measure, counts });
  return measure;
}
