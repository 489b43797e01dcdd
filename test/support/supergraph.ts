import { readFileSync } from "node:fs";

import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

import type { EmulatorState } from "../../src/emulator/state.js";
import { emulatorAccountId, emulatorAgentIds, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import { startTestGateway } from "./gateway.js";
import type { TestGateway } from "./gateway.js";
import { startPeople, startRouting, startTicketing, teamOf } from "./neighbours.js";
import type { Ticket } from "./neighbours.js";

/** The committed SDL: what others compose with. */
export const gatewaySdl = readFileSync("schema/schema.graphql", "utf8");

const accountId = emulatorAccountId;
const reason = (id: string) => ({ accountId, id });
const agent = reason;

const { lunch, training, largest, deleted } = emulatorReasonIds;

/** A hundred tickets that refer to all kinds of reasons and agents, one of each to none. */
export const tickets = Array.from({ length: 100 }, (_, index) => ({
  id: String(index),
  title: `Ticket ${index}`,
  pausedFor: reason([lunch, training, largest, deleted, "42"][index % 5] ?? lunch),
  assignee: agent(
    [emulatorAgentIds.atLunch, emulatorAgentIds.online, emulatorAgentIds.numericPastDouble][index % 3] ?? "",
  ),
})) satisfies readonly Ticket[];

/** A query across all three subgraphs. */
export const ticketQuery = `{
  tickets {
    id
    pausedFor { text deleted }
    assignee { name team status { state reason { text } } }
  }
}`;

/** A ticket in the result of {@link ticketQuery}. */
export interface TicketResult {
  readonly id: string;
  readonly pausedFor: { readonly text: string; readonly deleted: boolean } | null;
  readonly assignee: {
    readonly name: string | null;
    readonly team: string;
    readonly status: { readonly state: string; readonly reason: { readonly text: string } | null } | null;
  };
}

/** The expected tickets of {@link ticketQuery}, from the data of the upstream and the other subgraphs. */
export function expectedTickets(state: EmulatorState): TicketResult[] {
  const { reasons, agents } = state.account(accountId);
  const reasonOf = (id: string | undefined) => reasons.list(true).find((known) => String(known.id) === id);
  return tickets.map(({ id, pausedFor, assignee }) => {
    const paused = reasonOf(pausedFor.id);
    const { name, status, reasonId } = agents.get(assignee.id);
    const given = reasonOf(reasonId);
    return {
      id,
      pausedFor: paused === undefined ? null : { text: paused.text, deleted: paused.deleted },
      assignee: {
        name,
        team: teamOf(assignee.id),
        status: { state: status, reason: given === undefined ? null : { text: given.text } },
      },
    };
  });
}

/** The gateway and its neighbours, and the supergraph of them. */
export interface Supergraph {
  readonly gateway: TestGateway;
  readonly sdl: string;
  stop(): Promise<void>;
}

/** @param env settings of the gateway other than the defaults */
export async function startSupergraph(env: Readonly<Record<string, string>> = {}): Promise<Supergraph> {
  const gateway = await startTestGateway(env);
  const neighbours = [await startTicketing(tickets), await startPeople(), await startRouting()];
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
