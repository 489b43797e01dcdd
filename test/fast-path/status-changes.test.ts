import { readFileSync } from "node:fs";

import { ApolloServer } from "@apollo/server";
import fc from "fast-check";
import { buildSchema, parse, validate } from "graphql";

import { emulatorAccountId as accountId, emulatorAgentIds } from "../../src/emulator/seed/seed.js";
import { ownCredentials } from "../support/own-credentials.js";
import { randomQuery } from "../support/random-query.js";
import { useGateways } from "./gateways.js";

const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"), { assumeValidSDL: true });
const dayMs = 24 * 60 * 60 * 1000;
/** The time of both gateways. */
const nowMs = Date.now();
const daysAgo = (days: number) => new Date(nowMs - days * dayMs).toISOString();
const period = `from: "${daysAgo(4)}", to: "${daysAgo(1)}"`;

const { atLunch, pastDoubleReason, numericIds } = emulatorAgentIds;
const ids = JSON.stringify([atLunch, pastDoubleReason, numericIds]);
const calls = {
  agent: [`agent(accountId: "${accountId}", id: "${atLunch}")`],
  agents: [`agents(accountId: "${accountId}", ids: ${ids})`],
  "Agent.statusChanges": [
    `statusChanges(${period}, first: 5)`,
    "statusChanges",
    `statusChanges(${period}, first: 1000)`,
    `a: statusChanges(${period}, first: 1)`,
    `statusChanges(from: "${daysAgo(1)}", to: "${daysAgo(2)}")`,
  ],
};

describe("a compiled operation with the history of agents", () => {
  const gateways = useGateways(ownCredentials.oauth1, { now: () => nowMs });

  it("responds as graphql-js does", async () => {
    const byApollo = jest.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(randomQuery(schema, calls), async (query) => {
        fc.pre(query.includes("statusChanges") && validate(schema, parse(query)).length === 0);
        const told = await gateways.compare({ query });
        byApollo.mockClear();
        expect((await gateways.ask(gateways.compiling, { query })).text).toBe(told.text);
        if (byApollo.mock.calls.length === 0) compiled += 1;
      }),
      { numRuns: 8 },
    );
    expect(compiled).toBeGreaterThan(0);
  }, 60_000);
});
