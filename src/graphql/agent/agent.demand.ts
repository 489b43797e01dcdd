import type { GraphQLResolveInfo } from "graphql";

import { agentMetrics } from "../../upstream/api/index.js";
import type { AgentDemand } from "../../upstream/api/index.js";
import { selectedFields } from "../selected-fields.js";
import type { SelectedFields } from "../selected-fields.js";

/** The fields of an agent that need no live view: its key, and its history, which is loaded by the key. */
const viewFreeFields = new Set(["accountId", "id", "__typename", "statusChanges"]);

/** The fields of an agent that the upstream returns as metadata. */
const metadataFields = ["name", "nickname", "loginName", "pictureUrl", "skills"];

/** What an operation needs of agents. */
export interface OperationDemand extends AgentDemand {
  /** The fields of an agent that the operation needs the live view for. */
  readonly fields: ReadonlySet<string>;
}

const demands = new WeakMap<SelectedFields, OperationDemand>();

/** The demand of the whole operation, the same for each of its fields, so that all its agents share upstream calls. */
export function agentDemand(info: GraphQLResolveInfo): OperationDemand {
  const selected = selectedFields(info);
  const known = demands.get(selected);
  if (known !== undefined) return known;
  const fields = new Set([...(selected.get("Agent") ?? [])].filter((field) => !viewFreeFields.has(field)));
  const status = selected.get("AgentStatus") ?? new Set();
  const demand = {
    fields,
    metrics: new Set(agentMetrics.filter((metric) => status.has(metric))),
    metadata:
      metadataFields.some((field) => fields.has(field)) || selected.get("AgentGroup")?.has("name") === true,
  };
  demands.set(selected, demand);
  return demand;
}
