import { TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { GraphQLResolveInfo, OperationDefinitionNode } from "graphql";

/** The names of the fields that an operation selects, by the type they are on. */
export type SelectedFields = ReadonlyMap<string, ReadonlySet<string>>;

/** Documents are parsed once, so that an operation that comes again is not walked again. */
const cache = new WeakMap<OperationDefinitionNode, SelectedFields>();

/**
 * What the whole operation selects of each type, wherever it does. A field that a variable skips counts as
 * selected: that depends on the operation alone, not on the request.
 */
export function selectedFields({ operation, fragments, schema }: GraphQLResolveInfo): SelectedFields {
  const known = cache.get(operation);
  if (known !== undefined) return known;
  const selected = new Map<string, Set<string>>();
  const types = new TypeInfo(schema);
  const collector = visitWithTypeInfo(types, {
    Field: ({ name }) => {
      const type = types.getParentType()?.name;
      if (type === undefined) return;
      const fields = selected.get(type) ?? new Set();
      selected.set(type, fields.add(name.value));
    },
  });
  for (const definition of [operation, ...Object.values(fragments)]) visit(definition, collector);
  cache.set(operation, selected);
  return selected;
}
