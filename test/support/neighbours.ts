import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";

/** Another team's subgraph, on a port. */
export interface Neighbour {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
  stop(): Promise<void>;
}

type Resolvers = Record<string, Record<string, (parent: { readonly id: string }) => unknown>>;

// Not the gateway's version: subgraphs of one supergraph may differ in it.
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])';

/** Tickets refer to a reason and an agent by key: the gateway fills in the rest. */
export const ticketingSdl = `
  ${link}
  type Query { tickets: [Ticket!]! }
  type Ticket { id: ID! title: String! pausedFor: StatusReason assignee: Agent }
  type StatusReason @key(fields: "accountId id", resolvable: false) { accountId: ID! id: ID! }
  type Agent @key(fields: "accountId id", resolvable: false) { accountId: ID! id: ID! }
`;

/** Routing has the skills and the groups, with names of its own. */
export const routingSdl = `
  ${link}
  type Query { skill(accountId: ID!, id: ID!): Skill group(accountId: ID!, id: ID!): AgentGroup }
  type Skill @key(fields: "accountId id") { accountId: ID! id: ID! name: String @shareable priority: Int }
  type AgentGroup @key(fields: "accountId id") { accountId: ID! id: ID! name: String @shareable manager: String }
`;

/** People adds what it knows to the gateway's agents. */
export const peopleSdl = `
  ${link}
  type Query { teams: [String!]! }
  type Agent @key(fields: "accountId id") { accountId: ID! id: ID! team: String shoeSize: Int }
`;

export interface Ticket {
  readonly id: string;
  readonly title: string;
  readonly pausedFor: object | null;
  readonly assignee: object | null;
}

export function startTicketing(tickets: readonly Ticket[]): Promise<Neighbour> {
  return startNeighbour("ticketing", ticketingSdl, { Query: { tickets: () => tickets } });
}

export function startPeople(): Promise<Neighbour> {
  return startNeighbour("people", peopleSdl, {
    Query: { teams: () => ["Blue", "Green"] },
    Agent: {
      team: ({ id }) => teamOf(id),
      shoeSize: () => 42,
    },
  });
}

export function startRouting(): Promise<Neighbour> {
  return startNeighbour("routing", routingSdl, {
    Skill: { priority: ({ id }) => priorityOf(id) },
    AgentGroup: { manager: ({ id }) => managerOf(id) },
  });
}

/** The priority that routing gives a skill. */
export function priorityOf(skillId: string): number {
  return Number(BigInt(skillId) % 10n);
}

/** The manager that routing has for a group. */
export function managerOf(groupId: string): string {
  return `Manager of ${groupId}`;
}

/** The team that people says an agent is in. */
export function teamOf(agentId: string): string {
  return BigInt(agentId) % 2n === 0n ? "Blue" : "Green";
}

async function startNeighbour(name: string, sdl: string, resolvers: Resolvers): Promise<Neighbour> {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      void graphql({ schema, source: body.query, variableValues: body.variables ?? {} }).then((result) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(result));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    name,
    sdl,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
