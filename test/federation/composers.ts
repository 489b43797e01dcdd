import { composeServices as composeWithApollo } from "@apollo/composition";
import { composeServices as composeWithGuild } from "@theguild/federation-composition";
import { federateSubgraphs } from "@wundergraph/composition";
import { parse, print } from "graphql";

import { peopleSdl, ticketingSdl } from "../support/neighbours.js";
import { gatewaySdl } from "../support/supergraph.js";

export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** What a composer makes of some subgraphs. */
export interface Composition {
  /** Missing where they do not compose. */
  readonly supergraphSdl?: string | undefined;
  /** Errors, and hints where the composer gives any. */
  readonly problems: readonly string[];
}

export interface Composer {
  /** Of the npm package. */
  readonly name: string;
  readonly compose: (subgraphs: readonly Subgraph[]) => Composition;
}

/** The gateway and two neighbours. */
export const subgraphs: readonly Subgraph[] = [
  { name: "status-reasons", url: "http://status-reasons/graphql", sdl: gatewaySdl },
  { name: "ticketing", url: "http://ticketing/graphql", sdl: ticketingSdl },
  { name: "people", url: "http://people/graphql", sdl: peopleSdl },
];

export const composers: readonly Composer[] = [
  {
    name: "@apollo/composition",
    compose: (services) => {
      const { supergraphSdl, errors = [], hints } = composeWithApollo(services.map(withTypeDefs));
      return { supergraphSdl, problems: [...errors, ...(hints ?? [])].map(String) };
    },
  },
  {
    name: "@theguild/federation-composition",
    compose: (services) => {
      const { supergraphSdl, errors = [] } = composeWithGuild(services.map(withTypeDefs));
      return { supergraphSdl, problems: errors.map(String) };
    },
  },
  {
    name: "@wundergraph/composition",
    compose: (services) => {
      const definitions = services.map(({ sdl, ...service }) => ({ ...service, definitions: parse(sdl) }));
      const composed = federateSubgraphs({ subgraphs: definitions, version: "1" });
      return composed.success
        ? { supergraphSdl: print(composed.federatedGraphAST), problems: composed.warnings.map(String) }
        : { problems: composed.errors.map(String) };
    },
  },
];

function withTypeDefs({ sdl, ...service }: Subgraph) {
  return { ...service, typeDefs: parse(sdl) };
}
