import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";

import type { GatewayContext } from "../../graphql/index.js";

/**
 * Leaves one error for each null that errors left. Where a null took away other fields that had failed a moment
 * before, graphql-js tells of those too, or not, as it happens in time; clients see no null that they are about.
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

/** The error that took a place away is the last one that was noted in it: graphql-js takes none there afterwards. */
function causes(data: unknown, errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const places = errors.map(({ path = [] }) => nulledPlace(data, path));
  const lastAt = new Map(places.map((place, index) => [place, index]));
  return errors.filter((_error, index) => lastAt.get(places[index] ?? "") === index);
}

/** How far a path leads into the data until there is null. */
function nulledPlace(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  let length = 0;
  for (const key of path) {
    if (typeof value !== "object" || value === null) break;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
    length += 1;
  }
  return JSON.stringify(path.slice(0, length));
}
