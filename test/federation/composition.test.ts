import { buildASTSchema, parse, print } from "graphql";
import type { DirectiveNode, GraphQLObjectType } from "graphql";

import { routingSdl, ticketingSdl } from "../support/neighbours.js";
import { composers, subgraphs } from "./composers.js";

describe.each(composers)("composition with two neighbours by $name", ({ compose }) => {
  it("succeeds", () => {
    const { supergraphSdl, problems } = compose(subgraphs);
    expect(problems).toEqual([]);
    expect(supergraphSdl).toContain("type StatusReason");
    expect(supergraphSdl).toMatch(/type Subscription[^}]*agentsChanged/);
  });

  it("succeeds with a neighbour that has the skills and the groups, and resolves them", () => {
    const { supergraphSdl, problems } = compose([
      ...subgraphs,
      { name: "routing", url: "http://routing/graphql", sdl: routingSdl },
    ]);
    expect(problems).toEqual([]);
    expect(supergraphSdl).toMatch(/type Skill[^}]*priority/);
    expect(supergraphSdl).toMatch(/type AgentGroup[^}]*manager/);
  });

  it("fails where a neighbour contradicts the schema: the composer does look", () => {
    const wrong = ticketingSdl.replace(
      "Ticket { id: ID!",
      "StatusReason { text: Int! } type Ticket { id: ID!",
    );
    const { supergraphSdl, problems } = compose([
      ...subgraphs.slice(0, 1),
      { name: "ticketing", url: "", sdl: wrong },
    ]);
    expect(supergraphSdl).toBeUndefined();
    expect(problems.join()).toContain("StatusReason");
  });
});

// @wundergraph/composition accepts the costs, but does not pass them on.
describe.each(composers.filter(({ name }) => !name.startsWith("@wundergraph/")))(
  "the supergraph of $name",
  ({ compose }) => {
    const { supergraphSdl = "" } = compose(subgraphs);

    it("has the costs of fields and types, and the sizes of lists", () => {
      const supergraph = buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });
      const fieldOf = (type: string, field: string) =>
        (supergraph.getType(type) as GraphQLObjectType).getFields()[field]?.astNode;
      expect(textsOf(fieldOf("Query", "liveAgents"))).toEqual(
        expect.arrayContaining([
          "@cost(weight: 100)",
          // The composers differ in the order of the arguments.
          expect.stringMatching(/^@listSize\(.*slicingArguments: \["limit"\]/),
        ]),
      );
      expect(textsOf(fieldOf("Mutation", "deleteStatusReason"))).toContain("@cost(weight: 1000)");
      expect(textsOf(supergraph.getType("Agent")?.astNode)).toContain("@cost(weight: 10)");
    });
  },
);

function textsOf(node: { readonly directives?: readonly DirectiveNode[] | undefined } | null | undefined) {
  return (node?.directives ?? []).map((directive) => print(directive));
}
