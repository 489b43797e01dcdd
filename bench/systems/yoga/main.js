/** GraphQL Yoga on node:http as its documentation has it, with DataLoader against the N+1 calls. */
import { createServer } from "node:http";

import DataLoader from "dataloader";
import { createSchema, createYoga } from "graphql-yoga";

import { queryResolvers } from "../query-resolvers.js";
import { reasonsByIds } from "../reason-batch.js";
import { typeDefs } from "../type-defs.js";

/** @import { AgentStatus, Reason } from "../wire.js" */
/** @import { Caller } from "../query-resolvers.js" */

/** @typedef {Caller & { reasons: DataLoader<AgentStatus, Reason | null, string> }} Context */

const yoga = createYoga({
  graphiql: false,
  landingPage: false,
  schema: createSchema({
    typeDefs,
    resolvers: {
      Query: queryResolvers,
      AgentStatus: {
        reason: (
          /** @type {AgentStatus} */ status,
          /** @type {{}} */ _args,
          /** @type {Context} */ { reasons },
        ) => reasons.load(status),
      },
    },
  }),
  context: ({ request }) => {
    const authorization = request.headers.get("authorization") ?? undefined;
    return { authorization, reasons: reasonLoader(authorization) };
  },
});
createServer(yoga).listen(Number(process.env.PORT), "127.0.0.1");

/**
 * @param {string | undefined} authorization
 * @returns {Context["reasons"]}
 */
function reasonLoader(authorization) {
  return new DataLoader(
    (statuses) =>
      reasonsByIds(
        statuses[0].accountId,
        statuses.map(({ reasonId }) => reasonId),
        authorization,
      ),
    { cacheKeyFn: ({ reasonId }) => reasonId },
  );
}
