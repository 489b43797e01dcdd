import { ticketingSdl } from "../support/neighbours.js";
import { composers, subgraphs } from "./composers.js";

describe.each(composers)("composition with two neighbours by $name", ({ compose }) => {
  it("succeeds", () => {
    const { supergraphSdl, problems } = compose(subgraphs);
    expect(problems).toEqual([]);
    expect(supergraphSdl).toContain("type StatusReason");
    expect(supergraphSdl).toMatch(/type Subscription[^}]*agentsChanged/);
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
