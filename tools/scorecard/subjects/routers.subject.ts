import { isDeepStrictEqual } from "node:util";

import { startApolloRouter } from "../../../test/federation/apollo-router.js";
import { hive, startHiveRouter } from "../../../test/federation/hive-router.js";
import type { Router } from "../../../test/federation/router.js";
import { post } from "../../../test/support/gateway.js";
import { installedVersion } from "../../../test/support/installed-version.js";
import { expectedTickets, startSupergraph, ticketQuery } from "../../../test/support/supergraph.js";
import type { TicketResult, Supergraph } from "../../../test/support/supergraph.js";
import type { Finding, Measurement, Subject } from "../card.js";
import { describeCalls } from "./upstream-calls.js";

/** One list for the tickets' reasons, one view of the agents and one look-up of theirs. */
const maxUpstreamCalls = 3;

/** A router's query for a hundred tickets across three subgraphs. */
export const routers: Subject = {
  name: "routers",
  measurements: [
    measurement(`@apollo/gateway ${installedVersion("@apollo/gateway")}`, startApolloRouter),
    measurement(hive.replace(/@(?=[^@]+$)/, " "), (sdl) => startHiveRouter(sdl, "ignore")),
  ],
};

function measurement(name: string, start: (sdl: string) => Promise<Router>): Measurement {
  return {
    title: `Router: ${name}`,
    how: "a hundred tickets with their reasons and agents, over three subgraphs; calls counted at the emulator",
    measure: async () => {
      const supergraph = await startSupergraph();
      try {
        const router = await start(supergraph.sdl);
        return await measureRouter(router, supergraph).finally(() => router.stop());
      } finally {
        await supergraph.stop();
      }
    },
  };
}

async function measureRouter({ url }: Router, { gateway }: Supergraph): Promise<Finding> {
  const expected = expectedTickets(gateway.emulator.state);
  const body = JSON.stringify({ query: ticketQuery });
  const { data, errors } = await post<{ tickets: readonly TicketResult[] }>(url, body);
  const right = expected.filter((ticket, index) => isDeepStrictEqual(data?.tickets[index], ticket));
  // For an entity that is null, Hive also reports an error. Apollo's router does not.
  const stray = errors.filter(({ path }) => expected[Number(path?.[1])]?.pausedFor !== null);
  const { requests } = gateway.emulator.journal;
  return {
    passed: right.length === expected.length && stray.length === 0 && requests.length <= maxUpstreamCalls,
    result: `${right.length} of ${expected.length} tickets right, ${stray.length} errors; ${describeCalls(requests)}`,
  };
}
