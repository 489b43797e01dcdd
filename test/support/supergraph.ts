import { readFileSync } from "node:fs";

import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

import { emulatorAccountId, emulatorAgentIds, emulatorReasonIds } from "../../src/emulator/seed.js";
import { startTestGateway } from "./gateway.js";
import type { TestGateway } from "./gateway.js";
import { startPeople, startTicketing } from "./neighbours.js";
import type { Ticket } from "./neighbours.js";

/** The committed SDL: what others compose with. */
export const gatewaySdl = readFileSync("schema/schema.graphql", "utf8");

const accountId = emulatorAccountId;
const reason = (id: string) => ({ accountId, id });
const agent = reason;

const { lunch, training, largest, deleted } = emulatorReasonIds;

/** A hundred tickets that refer to all kinds of reasons and agents, one of each to none. */
export const tickets: readonly Ticket[] = Array.from({ length: 100 }, (_, index) => ({
  id: String(index),
  title: `Ticket ${index}`,
  pausedFor: reason([lunch, training, largest, deleted, "42"][index % 5] ?? lunch),
  assignee: agent(
    [emulatorAgentIds.atLunch, emulatorAgentIds.online, emulatorAgentIds.numericPastDouble][index % 3] ?? "",
  ),
}));

/** A query across all three subgraphs. */
export const ticketQuery = `{
  tickets {
    id
    pausedFor { text deleted }
    assignee { name team status { state reason { text } } }
  }
}`;

/** What {@link ticketQuery} answers of one ticket. */
export interface AnsweredTicket {
  readonly id: string;
  readonly pausedFor: { readonly text: string; readonly deleted: boolean } | null;
  readonly assignee: {
    readonly name: string | null;
    readonly team: string;
    readonly status: { readonly state: string; readonly reason: { readonly text: string } | null } | null;
  };
}

/** The gateway and its neighbours, and the supergraph of them. */
export interface Supergraph {
  readonly gateway: TestGateway;
  readonly sdl: string;
  stop(): Promise<void>;
}

export async function startSupergraph(): Promise<Supergraph> {
  const gateway = await startTestGateway();
  const neighbours = [await startTicketing(tickets), await startPeople()];
  const subgraphs = [{ name: "status-reasons", url: gateway.url, sdl: gatewaySdl }, ...neighbours];
  const composed = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (composed.supergraphSdl === undefined) throw new Error(composed.errors.map(String).join("\n"));
  return {
    gateway,
    sdl: composed.supergraphSdl,
    stop: async () => {
      await Promise.all([gateway.stop(), ...neighbours.map((neighbour) => neighbour.stop())]);
    },
  };
}
