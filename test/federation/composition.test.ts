import { composeServices as composeWithApollo } from "@apollo/composition";
import { composeServices as composeWithGuild } from "@theguild/federation-composition";
import { federateSubgraphs } from "@wundergraph/composition";
import { parse } from "graphql";

import { peopleSdl, ticketingSdl } from "../support/neighbours.js";
import { gatewaySdl } from "../support/supergraph.js";

const subgraphs = [
  { name: "status-reasons", url: "http://status-reasons/graphql", sdl: gatewaySdl },
  { name: "ticketing", url: "http://ticketing/graphql", sdl: ticketingSdl },
  { name: "people", url: "http://people/graphql", sdl: peopleSdl },
];

describe("composition with two neighbours", () => {
  it("succeeds with @apollo/composition", () => {
    const composed = composeWithApollo(
      subgraphs.map(({ sdl, ...service }) => ({ ...service, typeDefs: parse(sdl) })),
    );
    expect(composed.errors).toBeUndefined();
    expect(composed.hints).toEqual([]);
    expect(composed.supergraphSdl).toContain("type StatusReason");
  });

  it("succeeds with @theguild/federation-composition", () => {
    const composed = composeWithGuild(
      subgraphs.map(({ sdl, ...service }) => ({ ...service, typeDefs: parse(sdl) })),
    );
    expect(composed.errors ?? []).toEqual([]);
    expect(composed.supergraphSdl).toContain("type StatusReason");
  });

  it("succeeds with @wundergraph/composition", () => {
    const composed = federateSubgraphs({
      subgraphs: subgraphs.map(({ sdl, ...subgraph }) => ({ ...subgraph, definitions: parse(sdl) })),
      version: "1",
    });
    expect(composed).toMatchObject({ success: true });
  });

  it("fails where a neighbour contradicts the schema: the composers do look", () => {
    const wrong = ticketingSdl.replace(
      "Ticket { id: ID!",
      "StatusReason { text: Int! } type Ticket { id: ID!",
    );
    const services = [...subgraphs.slice(0, 1), { name: "ticketing", url: "", sdl: wrong }];
    const composed = composeWithApollo(
      services.map(({ sdl, ...service }) => ({ ...service, typeDefs: parse(sdl) })),
    );
    expect(composed.errors?.join()).toContain("StatusReason");
  });
});
