import { useMemo } from "react";

import { stateOrder } from "../agent-states.js";
import { useSearchParams } from "../url/use-search-params.js";
import { noFilter } from "./agent-filter.js";
import type { AgentFilter } from "./agent-filter.js";
import { defaultOrder, sortColumns } from "./agent-order.js";
import type { AgentOrder } from "./agent-order.js";

/** Which agents are shown, and in what order. */
export interface AgentView {
  readonly filter: AgentFilter;
  readonly order: AgentOrder;
}

interface AgentViewControl extends AgentView {
  readonly changeFilter: (change: Partial<AgentFilter>) => void;
  readonly changeOrder: (order: AgentOrder) => void;
}

/** The parts of a filter that are lists, by their parameters' names. */
const lists = { state: "states", reason: "reasons", group: "groups", skill: "skills" } as const;

/** The filter and the order of agents, kept in the page's URL, such as `?state=AWAY&group=-1&sort=-load`. */
export function useAgentView(): AgentViewControl {
  const [params, changeParams] = useSearchParams();
  const view = useMemo(() => viewOf(params), [params]);
  return {
    ...view,
    changeFilter: (change) => {
      changeParams((current) => {
        writeFilter(current, change);
      });
    },
    changeOrder: ({ column, isDescending }) => {
      const isDefault = column === defaultOrder.column && isDescending === defaultOrder.isDescending;
      changeParams((current) => {
        setOrDelete(current, "sort", isDefault ? "" : `${isDescending ? "-" : ""}${column}`);
      });
    },
  };
}

function viewOf(params: URLSearchParams): AgentView {
  const states = params.getAll("state");
  const sort = params.get("sort") ?? "";
  const column = sortColumns.find((name) => name === sort.replace(/^-/, ""));
  return {
    filter: {
      search: params.get("q") ?? noFilter.search,
      states: stateOrder.filter((state) => states.includes(state)),
      reasons: params.getAll("reason"),
      groups: params.getAll("group"),
      skills: params.getAll("skill"),
      isOver: params.has("over"),
    },
    order: column === undefined ? defaultOrder : { column, isDescending: sort.startsWith("-") },
  };
}

function writeFilter(params: URLSearchParams, change: Partial<AgentFilter>): void {
  if (change.search !== undefined) setOrDelete(params, "q", change.search);
  if (change.isOver !== undefined) setOrDelete(params, "over", change.isOver ? "1" : "");
  for (const [name, part] of Object.entries(lists)) {
    const values = change[part];
    if (values === undefined) continue;
    params.delete(name);
    for (const value of values) params.append(name, value);
  }
}

function setOrDelete(params: URLSearchParams, name: string, value: string): void {
  if (value === "") params.delete(name);
  else params.set(name, value);
}
