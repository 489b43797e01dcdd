import type { GraphQLResolveInfo } from "graphql";

import { agentMetrics } from "../../upstream/api/index.js";
import type { AgentDemand } from "../../upstream/api/index.js";
import { selectedFields } from "../selected-fields.js";
import type { SelectedFields } from "../selected-fields.js";

/** The fields of an agent that need no call: whoever asks knows them. */
const keyFields = new Set(["accountId", "id", "__typename"]);

/** The fields of an agent that come from its metadata. */
const metadataFields = ["name", "nickname", "loginName", "pictureUrl", "skills"];

/** What an operation needs of agents. */
export interface OperationDemand extends AgentDemand {
  /** The fields of an agent that the operation selects, keys aside. */
  readonly fields: ReadonlySet<string>;
}

const cache = new WeakMap<SelectedFields, OperationDemand>();

/** The union over the operation, so that all its agents can share their calls. */
export function agentDemand(info: GraphQLResolveInfo): OperationDemand {
  const selected = selectedFields(info);
  const known = cache.get(selected);
  if (known !== undefined) return known;
  const fields = new Set([...(selected.get("Agent") ?? [])].filter((field) => !keyFields.has(field)));
  const status = selected.get("AgentStatus") ?? new Set();
  const demand = {
    fields,
    metrics: new Set(agentMetrics.filter((metric) => status.has(metric))),
    metadata:
      metadataFields.some((field) => fields.has(field)) || selected.get("AgentGroup")?.has("name") === true,
  };
  cache.set(selected, demand);
  return demand;
}
