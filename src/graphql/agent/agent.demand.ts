import { getArgumentValues, isObjectType } from "graphql";
import type { FieldNode, GraphQLResolveInfo } from "graphql";

import { agentMetrics } from "../../upstream/api/index.js";
import type { AgentDuration, AgentMetric } from "../../upstream/api/index.js";
import type { GatewayContext } from "../context.js";
import type { OperationDemand } from "../operation-demand.js";
import { selectedFields, selectedNodes } from "../selected-fields.js";
import type { SelectedFields } from "../selected-fields.js";
import { isDefaultWindow } from "../time-window/index.js";

const timeField = "time";

/**
 * The fields of an agent that need no live view: its key, its history, which is loaded by the key, and its time, of which
 * only the default window is the view's.
 */
const viewFreeFields = new Set(["accountId", "id", "__typename", "statusChanges", timeField]);

/** The fields of an agent that the upstream returns as metadata. */
const metadataFields = ["name", "nickname", "loginName", "pictureUrl", "skills"];

/** The fields of a status that tell when it was observed, and the metric that each needs. */
const observedFields: Readonly<Record<string, AgentMetric | null>> = {
  observedAt: null,
  stateSeconds: "since",
  reasonSeconds: "reasonSince",
};

/** The fields of an agent's time, and the durations that they show. */
const durationFields: Readonly<Record<string, AgentDuration>> = {
  loggedInSeconds: "loggedIn",
  onlineSeconds: "online",
  states: "states",
  reasons: "reasons",
};

/** What an operation selects of agents, whatever its variables. */
interface AgentSelection {
  /** Without `Agent.time`. */
  readonly demand: OperationDemand;
  /** Where `Agent.time` is selected. */
  readonly timeNodes: readonly FieldNode[];
}

const selections = new WeakMap<SelectedFields, AgentSelection>();

/**
 * The demand of the whole operation, the same for each of its fields, so that all its agents share upstream calls. It
 * includes times of the default window, which come with the statuses.
 */
export function agentDemand(info: GraphQLResolveInfo, context: GatewayContext): OperationDemand {
  return (context.agentDemand ??= withDefaultTime(agentSelection(info), info));
}

/** The demand of the whole operation without `Agent.time`. */
export function statusDemand(info: GraphQLResolveInfo): OperationDemand {
  return agentSelection(info).demand;
}

function agentSelection(info: GraphQLResolveInfo): AgentSelection {
  const selected = selectedFields(info);
  const known = selections.get(selected);
  if (known !== undefined) return known;
  const fields = selected.get("Agent") ?? new Set<string>();
  const selection = {
    demand: demandOf(selected),
    timeNodes: fields.has(timeField) ? selectedNodes(info, "Agent", timeField) : [],
  };
  selections.set(selected, selection);
  return selection;
}

function demandOf(selected: SelectedFields): OperationDemand {
  const fields = new Set([...(selected.get("Agent") ?? [])].filter((field) => !viewFreeFields.has(field)));
  const status = selected.get("AgentStatus") ?? new Set<string>();
  const observed = Object.entries(observedFields).filter(([field]) => status.has(field));
  const asked = new Set<string | null>([...status, ...observed.map(([, metric]) => metric)]);
  return {
    fields,
    metrics: new Set(agentMetrics.filter((metric) => asked.has(metric))),
    metadata:
      metadataFields.some((field) => fields.has(field)) || selected.get("AgentGroup")?.has("name") === true,
    observed: observed.length > 0,
  };
}

/** Adds the times if one is of the default window, which arguments given by variables may name too. */
function withDefaultTime({ demand, timeNodes }: AgentSelection, info: GraphQLResolveInfo): OperationDemand {
  const type = timeNodes.length > 0 ? info.schema.getType("Agent") : undefined;
  const field = isObjectType(type) ? type.getFields()[timeField] : undefined;
  if (field === undefined) return demand;
  const isDefault = (node: FieldNode) => isDefaultWindow(getArgumentValues(field, node, info.variableValues));
  if (!timeNodes.some(isDefault)) return demand;
  return { ...demand, fields: new Set([...demand.fields, timeField]), durations: timeDurations(info) };
}

/** The durations that the operation selects of agents' times; at least one, which tells who is in the view. */
export function timeDurations(info: GraphQLResolveInfo): ReadonlySet<AgentDuration> {
  const fields = selectedFields(info).get("AgentTime") ?? new Set<string>();
  const selected = Object.entries(durationFields).filter(([field]) => fields.has(field));
  return new Set(selected.length === 0 ? ["loggedIn"] : selected.map(([, duration]) => duration));
}
