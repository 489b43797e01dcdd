import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";

import type { GatewayContext } from "../../graphql/index.js";

/**
 * Keeps one error for each null in the data. If the null of a parent replaces fields that had failed before, graphql-js
 * reports their errors too, depending on timing, although the data has no null at their paths.
 */
export function nulledErrorsPlugin(): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: ({ response: { body } }) => {
      if (body.kind !== "single" || body.singleResult.errors === undefined) return Promise.resolve();
      const { data, errors } = body.singleResult;
      if (data !== undefined && errors.length > 1) body.singleResult.errors = causes(data, errors);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

/** The error that caused a null is the last one reported at or below it: graphql-js reports none there afterwards. */
function causes(data: unknown, errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const nulls = errors.map(({ path = [] }) => pathOfNull(data, path));
  const lastAt = new Map(nulls.map((path, index) => [path, index]));
  return errors.filter((_error, index) => lastAt.get(nulls[index] ?? "") === index);
}

/** The part of an error's path that ends at the null in the data, as JSON. */
function pathOfNull(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  let length = 0;
  for (const key of path) {
    if (typeof value !== "object" || value === null) break;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
    length += 1;
  }
  return JSON.stringify(path.slice(0, length));
}
