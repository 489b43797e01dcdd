import { Kind, OperationTypeNode } from "graphql";
import type { OperationDefinitionNode, ValueNode } from "graphql";

import { accountIdPattern, isJsonObject } from "../lib/index.js";

/** What was executed, and with what. */
interface Executed {
  readonly operation: OperationDefinitionNode | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The account that an error is about: the argument `accountId` of the field of the operation, or of `_entities` the
 * representation.
 *
 * @param path of the error in the response
 * @returns undefined where the path does not say
 */
export function failedAccountOf(
  { operation, variables = {} }: Executed,
  [responseName, index]: readonly (string | number)[] = [],
): string | undefined {
  // A subscription has one field, which its errors are about also where they have no path.
  const isOnlyField = operation?.operation === OperationTypeNode.SUBSCRIPTION;
  for (const selection of operation?.selectionSet.selections ?? []) {
    if (selection.kind !== Kind.FIELD) continue;
    if (!isOnlyField && (selection.alias ?? selection.name).value !== responseName) continue;
    for (const { name, value } of selection.arguments ?? []) {
      const given = valueOf(value, variables);
      if (name.value === "accountId") return accountIdIn(given);
      if (name.value === "representations" && Array.isArray(given)) return accountIdIn(given[Number(index)]);
    }
  }
  return undefined;
}

function valueOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === Kind.VARIABLE) return variables[value.name.value];
  return value.kind === Kind.STRING ? value.value : undefined;
}

/** @param given an id, or a record with one */
function accountIdIn(given: unknown): string | undefined {
  const accountId = isJsonObject(given) ? given["accountId"] : given;
  return typeof accountId === "string" && accountIdPattern.test(accountId) ? accountId : undefined;
}
