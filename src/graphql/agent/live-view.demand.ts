import type { GraphQLResolveInfo } from "graphql";

import type { AgentMetric } from "../../upstream/api/index.js";
import type { GatewayContext } from "../context.js";
import type { OperationDemand } from "../operation-demand.js";
import { selectedFields } from "../selected-fields.js";
import { agentDemand } from "./agent.demand.js";

const nothing: OperationDemand = { fields: new Set(), metrics: new Set(), metadata: false };

/**
 * What the whole operation needs of live views: of the agents on its pages, and of those that it counts. The same for each
 * of its fields, so that those about the same agents share one call.
 */
export function liveViewDemand(info: GraphQLResolveInfo, context: GatewayContext): OperationDemand {
  return (context.liveViewDemand ??= demandOf(info, context));
}

function demandOf(info: GraphQLResolveInfo, context: GatewayContext): OperationDemand {
  const selected = selectedFields(info);
  const selects = (type: string, field: string) => selected.get(type)?.has(field) === true;
  const shown = selects("AgentPage", "nodes") ? agentDemand(info, context) : nothing;
  const countsReasons =
    selects("StatusReason", "agents") ||
    selects("StatusReason", "agentCount") ||
    selects("LiveSummary", "reasons");
  const counted: readonly AgentMetric[] = [
    ...(selects("LiveSummary", "states") ? (["state"] as const) : []),
    ...(countsReasons ? (["reason"] as const) : []),
  ];
  const namesGroups = selects("GroupCount", "group") && selects("AgentGroup", "name");
  return {
    ...shown,
    metrics: new Set([...shown.metrics, ...counted]),
    metadata: shown.metadata || selects("LiveSummary", "skills") || namesGroups,
  };
}
