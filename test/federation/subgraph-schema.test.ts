import { buildSubgraphSchema } from "@apollo/subgraph";
import { GraphQLSchema, lexicographicSortSchema, parse, printSchema } from "graphql";

import { buildSchema } from "../../src/graphql/index.js";
import { gatewaySdl } from "../support/supergraph.js";

/** The types with their fields and arguments, without the definitions of federation's directives and their types. */
function printTypes(schema: GraphQLSchema): string {
  const config = schema.toConfig();
  const types = config.types.filter(({ name }) => !/^(federation|link)__/.test(name));
  return printSchema(lexicographicSortSchema(new GraphQLSchema({ ...config, types, directives: [] })));
}

describe("the executable schema", () => {
  it("has the types that Apollo's library would build from the SDL", () => {
    expect(printTypes(buildSchema())).toBe(printTypes(buildSubgraphSchema({ typeDefs: parse(gatewaySdl) })));
  });
});
