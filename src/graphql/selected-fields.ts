import { Kind, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { FieldNode, GraphQLResolveInfo, OperationDefinitionNode, SelectionSetNode } from "graphql";

/** The names of the fields that an operation selects, by the type they are on. */
export type SelectedFields = ReadonlyMap<string, ReadonlySet<string>>;

/** By operation: Apollo parses a document once, so a repeated operation is not walked again. */
const selections = new WeakMap<OperationDefinitionNode, SelectedFields>();

/**
 * The fields of each type that the operation selects anywhere. A field that a variable skips counts as selected, so that
 * the result depends on the operation alone, not on the request.
 */
export function selectedFields(info: GraphQLResolveInfo): SelectedFields {
  const known = selections.get(info.operation);
  if (known !== undefined) return known;
  const selected = new Map<string, Set<string>>();
  visitFields(info, (type, { name }) => {
    const fields = selected.get(type) ?? new Set();
    selected.set(type, fields.add(name.value));
  });
  selections.set(info.operation, selected);
  return selected;
}

/** Where the operation selects one field of a type, with fragments not expanded. Walks the document at each call. */
export function selectedNodes(info: GraphQLResolveInfo, typeName: string, fieldName: string): FieldNode[] {
  const nodes: FieldNode[] = [];
  visitFields(info, (type, node) => {
    if (type === typeName && node.name.value === fieldName) nodes.push(node);
  });
  return nodes;
}

/** Calls `see` for each field of the operation and of all fragments, with the name of the type that it is on. */
function visitFields(
  { operation, fragments, schema }: GraphQLResolveInfo,
  see: (type: string, node: FieldNode) => void,
): void {
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field: (node) => {
      const type = types.getParentType()?.name;
      if (type !== undefined) see(type, node);
    },
  });
  for (const definition of [operation, ...Object.values(fragments)]) visit(definition, visitor);
}

type Fragments = GraphQLResolveInfo["fragments"];

/** By path, then by field node: Apollo parses a document once, so a repeated field is not walked again. */
const selectionsByPath = new WeakMap<readonly string[], WeakMap<FieldNode, boolean>>();

/**
 * Whether a field's selection includes the field at the end of `path` independently of variables: no selection on the path
 * has a directive.
 *
 * @param path a constant: results are cached by its identity
 */
export function alwaysSelects(
  { fieldNodes, fragments }: GraphQLResolveInfo,
  path: readonly string[],
): boolean {
  const known = selectionsByPath.get(path) ?? new WeakMap<FieldNode, boolean>();
  selectionsByPath.set(path, known);
  return fieldNodes.some((node) => {
    const isSelected = known.get(node) ?? leadsTo(path, node, fragments);
    known.set(node, isSelected);
    return isSelected;
  });
}

/** Follows the path one field at a time, and visits each fragment once a field, however often it is spread. */
function leadsTo(path: readonly string[], node: FieldNode, fragments: Fragments): boolean {
  const reached = path.reduce<readonly FieldNode[]>(
    (nodes, name) => fieldsOf(nodes, fragments).filter((field) => field.name.value === name),
    [node],
  );
  return reached.length > 0;
}

/** The fields that `nodes` select without a directive, fragments expanded. */
function fieldsOf(nodes: readonly FieldNode[], fragments: Fragments): FieldNode[] {
  const fields: FieldNode[] = [];
  // Iteration over a Set includes what is added meanwhile, and visits each selection set once.
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
