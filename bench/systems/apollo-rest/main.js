/**
 * Apollo Server with RESTDataSource, as its documentation has it: a data source for each request, which remembers
 * what it has fetched. Reasons are fetched one by one, by their ids.
 */
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

import { typeDefs } from "../type-defs.js";
import { StatusReasonSource } from "./status-reason.source.js";

/** @import { AgentStatus } from "../wire.js" */

/** @typedef {{ source: StatusReasonSource }} Context */

/** @type {ApolloServer<Context>} */
const server = new ApolloServer({
  typeDefs,
  resolvers: {
    Query: {
      statusReasons: async (_root, { accountId }, { source }) => ({ nodes: await source.list(accountId) }),
      statusReason: (_root, { accountId, id }, { source }) => source.byId(accountId, id),
      agents: (_root, { accountId, ids }, { source }) => source.agents(accountId, ids),
    },
    AgentStatus: {
      reason: (/** @type {AgentStatus} */ { accountId, reasonId }, _args, { source }) =>
        source.byId(accountId, reasonId),
    },
  },
});
await startStandaloneServer(server, {
  listen: { host: "127.0.0.1", port: Number(process.env.PORT) },
  context: async ({ req }) => ({
    source: new StatusReasonSource({ cache: server.cache, authorization: req.headers.authorization }),
  }),
});
