import { readFileSync } from "node:fs";

import { composeServices } from "@apollo/composition";
import { buildSchema, lexicographicSortSchema, parse, printSchema } from "graphql";
import type { GraphQLSchema } from "graphql";

import { gatewaySdl } from "../support/supergraph.js";

const sorted = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema));

describe("schema/api.graphql", () => {
  it("is what a router shows to clients of a supergraph of the gateway alone", () => {
    const subgraph = { name: "reasons", typeDefs: parse(gatewaySdl), url: "http://127.0.0.1/graphql" };
    const { schema, errors } = composeServices([subgraph]);
    if (schema === undefined) throw new AggregateError(errors, "the gateway alone does not compose");
    // Validates it: directives of federation would be unknown.
    const api = buildSchema(readFileSync("schema/api.graphql", "utf8"));
    expect(sorted(api)).toBe(sorted(schema.toAPISchema().toGraphQLJSSchema()));
  });
});
