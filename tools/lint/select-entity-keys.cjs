const { Kind, getNamedType, parse } = require("graphql");

/**
 * Requires the keys of an entity wherever one is selected: what a client's cache identifies it by. Entities and keys are
 * those of `@key` in the schema.
 *
 * @type {import("@graphql-eslint/eslint-plugin").GraphQLESLintRule}
 */
module.exports = {
  meta: {
    type: "problem",
    schema: [],
    messages: { missing: "{{ type }} is selected without {{ fields }}, which caches identify it by." },
  },
  create(context) {
    const { schema, siblingOperations } = context.sourceCode.parserServices;

    /** The names of the fields that a selection has, by the fragments in it too. */
    const fieldsOf = ({ selections }) =>
      selections.flatMap((selection) => {
        if (selection.kind === Kind.FIELD) return selection.alias === undefined ? [selection.name.value] : [];
        if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet);
        return siblingOperations
          .getFragment(selection.name.value)
          .flatMap(({ document }) => fieldsOf(document.selectionSet));
      });

    return {
      // An inline fragment is part of the selection around it.
      "SelectionSet[parent.kind!=InlineFragment]"(node) {
        const type = schema.getType(getNamedType(node.typeInfo().gqlType)?.name ?? "");
        const selected = new Set(fieldsOf(node.rawNode()));
        const missing = keysOf(type).filter((name) => !selected.has(name));
        if (missing.length === 0) return;
        context.report({ node, messageId: "missing", data: { type: type.name, fields: missing.join(", ") } });
      },
    };
  },
};

/** The names of the fields of a type's keys; none if it is no entity. */
function keysOf(type) {
  const directives = type?.astNode?.directives?.filter(({ name }) => name.value === "key") ?? [];
  return directives.flatMap((directive) => {
    const fields = directive.arguments.find(({ name }) => name.value === "fields").value.value;
    return parse(`{ ${fields} }`).definitions[0].selectionSet.selections.map(({ name }) => name.value);
  });
}
