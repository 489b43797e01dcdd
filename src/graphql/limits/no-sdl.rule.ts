import { GraphQLError } from "graphql";
import type { ValidationRule } from "graphql";

/** Refuses `_service`, which shows the whole schema as introspection does. */
export const noSdlRule: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== "_service") return;
    const message = "The schema is not shown here: compose from the package's schema/schema.graphql.";
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});
