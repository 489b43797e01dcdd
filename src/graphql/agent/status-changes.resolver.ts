import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";

import { compareChanges, upstreamOperations } from "../../upstream/api/index.js";
import type { StatusChangeRecord } from "../../upstream/api/index.js";
import { UpstreamError } from "../../upstream/http/index.js";
import type { GatewayContext } from "../context.js";
import { alwaysSelects } from "../selected-fields.js";
import { Agent } from "./agent.type.js";
import { readChangesRange, StatusChangesArgs } from "./status-change.args.js";
import type { ChangesRange } from "./status-change.args.js";
import { writeChangesCursor } from "./status-change.cursor.js";
import { StatusChangeConnection } from "./status-change.type.js";

/** The path from the field to the reasons of its changes. */
const reasonOfChanges = ["nodes", "reason"] as const;

@Resolver(() => Agent)
export class AgentStatusChangesResolver {
  @FieldResolver(() => StatusChangeConnection, {
    nullable: true,
    description:
      "The history of the agent's states, reasons, logins and logouts: empty for an agent that does not exist. From the " +
      "Agent Activity API, which needs credentials of the gateway's own (`CREDENTIALS=oauth1` or `oauth2`); with others " +
      "it is FORBIDDEN. A change may take up to an hour to appear. One upstream call for each agent and period.",
  })
  async statusChanges(
    @Root() agent: Agent,
    @Args() args: StatusChangesArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<StatusChangeConnection> {
    requireOwnCredentials(context);
    const { accountId, id } = agent;
    const { statusChanges, statusReasons } = context.loaders;
    const range = readChangesRange(agent, args, statusChanges.now);
    const changes = await statusChanges.load(accountId, id, range.window);
    const page = pageOf(agent, changes, range, args.first);
    if (alwaysSelects(info, reasonOfChanges)) {
      await statusReasons.loadMany(accountId, reasonIdsOf(page.nodes));
    }
    return page;
  }
}

/** The API accepts machine credentials only, so a caller's token is not sent to it. */
function requireOwnCredentials({ upstream }: GatewayContext): void {
  if (upstream.hasOwnCredentials) return;
  throw new UpstreamError("forbidden", upstreamOperations.listStatusChanges, {
    explanation:
      "The history of agents is not available with callers' tokens: this gateway needs CREDENTIALS=oauth1 or oauth2.",
  });
}

function pageOf(
  agent: Agent,
  changes: readonly StatusChangeRecord[],
  { window, after }: ChangesRange,
  first: number,
): StatusChangeConnection & { readonly nodes: readonly StatusChangeRecord[] } {
  const start = after === undefined ? 0 : changes.findIndex((change) => compareChanges(change, after) > 0);
  const rest = start < 0 ? [] : changes.slice(start);
  const nodes = rest.slice(0, first);
  const position = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rest.length > first,
      endCursor: position === undefined ? null : writeChangesCursor(agent, { window, position }),
    },
  };
}

function reasonIdsOf(changes: readonly StatusChangeRecord[]): string[] {
  return [...new Set(changes.flatMap(({ reasonId }) => reasonId ?? []))];
}
