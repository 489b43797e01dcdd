/** Mercurius as its documentation has it for speed: jit from the first request on, and its own batching loaders. */
import Fastify from "fastify";
import { mercurius } from "mercurius";

import { queryResolvers } from "../query-resolvers.js";
import { reasonsByIds } from "../reason-batch.js";
import { typeDefs } from "../type-defs.js";

/** @import { AgentStatus } from "../wire.js" */
/** @import { Caller } from "../query-resolvers.js" */

const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  jit: 1,
  context: ({ headers }) => ({ authorization: headers.authorization }),
  resolvers: { Query: queryResolvers },
  loaders: {
    AgentStatus: {
      /** Those of one operation here are of one account. */
      reason: (/** @type {{ obj: AgentStatus }[]} */ queries, /** @type {Caller} */ { authorization }) =>
        reasonsByIds(
          queries[0].obj.accountId,
          queries.map(({ obj }) => obj.reasonId),
          authorization,
        ),
    },
  },
});
await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
