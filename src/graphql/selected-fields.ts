import { Kind, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { FieldNode, GraphQLResolveInfo, OperationDefinitionNode, SelectionSetNode } from "graphql";

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

type Fragments = GraphQLResolveInfo["fragments"];

/** By path, then by field: documents are parsed once, so that a field that comes again is not walked again. */
const selectionsByPath = new WeakMap<readonly string[], WeakMap<FieldNode, boolean>>();

/**
 * Whether a field's selection leads to the field at the end of `path` whatever the variables are: nothing on
 * the way has a directive.
 *
 * @param path the same array each time
 */
export function alwaysSelects(
  { fieldNodes, fragments }: GraphQLResolveInfo,
  path: readonly string[],
): boolean {
  const known = selectionsByPath.get(path) ?? new WeakMap<FieldNode, boolean>();
  selectionsByPath.set(path, known);
  return fieldNodes.some((node) => {
    const answer = known.get(node) ?? leadsTo(path, node, fragments);
    known.set(node, answer);
    return answer;
  });
}

/** One step of the path at a time, over each fragment once a step, however often it is spread. */
function leadsTo(path: readonly string[], node: FieldNode, fragments: Fragments): boolean {
  const reached = path.reduce<readonly FieldNode[]>(
    (nodes, name) => fieldsOf(nodes, fragments).filter((field) => field.name.value === name),
    [node],
  );
  return reached.length > 0;
}

/** The fields selected of `nodes` without a condition, fragments spelled out. */
function fieldsOf(nodes: readonly FieldNode[], fragments: Fragments): FieldNode[] {
  const fields: FieldNode[] = [];
  // A set takes what is added to it while it is walked, and each set of selections once.
  const sets = new Set<SelectionSetNode>();
  const add = (set: SelectionSetNode | undefined) => set && sets.add(set);
  for (const { selectionSet } of nodes) add(selectionSet);
  for (const { selections } of sets) {
    for (const selection of selections) {
      if (selection.directives?.length) continue;
      if (selection.kind === Kind.FIELD) fields.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet);
      else add(fragments[selection.name.value]?.selectionSet);
    }
  }
  return fields;
}
