import {
  Cell,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from "react-aria-components";

import { Avatar, LimitCell, LoadCell, StateCell, TimeCell } from "./agent-cells.js";
import { sortColumns } from "./agent-order.js";
import type { AgentOrder, SortColumn } from "./agent-order.js";
import type { BoardAgent } from "./board-agent.js";

interface Props {
  /** The agents in the order shown. */
  readonly agents: readonly BoardAgent[];
  readonly order: AgentOrder;
  readonly onSort: (order: AgentOrder) => void;
  readonly onOpen: (id: string) => void;
}

interface ColumnDefinition {
  readonly id: SortColumn;
  readonly label: string;
  readonly width: `${number}fr` | number;
}

const columns: readonly ColumnDefinition[] = [
  { id: "name", label: "Agent", width: "3fr" },
  { id: "group", label: "Group", width: "2fr" },
  { id: "state", label: "State", width: 120 },
  { id: "reason", label: "Reason", width: "2fr" },
  { id: "time", label: "Time", width: 110 },
  { id: "limit", label: "Limit", width: 170 },
  { id: "load", label: "Load", width: 120 },
];

const layoutOptions = { rowHeight: 44, headingHeight: 40 };

/** Agents as a table that can be sorted. Only the rows that can be seen are in the document. */
export function AgentTable({ agents, order, onSort, onOpen }: Props) {
  return (
    <Virtualizer layout={TableLayout} layoutOptions={layoutOptions}>
      <Table
        className="agent-table"
        aria-label="Agents"
        sortDescriptor={{
          column: order.column,
          direction: order.isDescending ? "descending" : "ascending",
        }}
        onSortChange={({ column, direction }) => {
          const sorted = sortColumns.find((id) => id === column);
          if (sorted !== undefined) onSort({ column: sorted, isDescending: direction === "descending" });
        }}
        onRowAction={(id) => {
          onOpen(String(id));
        }}
      >
        <TableHeader columns={columns}>
          {({ id, label, width }) => (
            <Column id={id} allowsSorting isRowHeader={id === "name"} width={width} className="agent-column">
              {({ sortDirection }) => (
                <>
                  {label}
                  <span className="sort-sign" aria-hidden="true">
                    {sortSigns[sortDirection ?? "none"]}
                  </span>
                </>
              )}
            </Column>
          )}
        </TableHeader>
        <TableBody items={agents}>{(agent) => <AgentRow key={agent.id} agent={agent} />}</TableBody>
      </Table>
    </Virtualizer>
  );
}

const sortSigns = { ascending: "▲", descending: "▼", none: "" } as const;

function AgentRow({ agent }: { readonly agent: BoardAgent }) {
  return (
    <Row id={agent.id} className="agent-row" textValue={agent.name}>
      <Cell className="agent-cell">
        <Avatar agent={agent} />
        <bdi className="ellipsis">{agent.name}</bdi>
      </Cell>
      <Cell className="agent-cell">
        <bdi className="ellipsis">{agent.group?.name}</bdi>
      </Cell>
      <Cell className="agent-cell">
        <StateCell agent={agent} />
      </Cell>
      <Cell className="agent-cell">
        <bdi className="ellipsis">{agent.reason?.name ?? <span className="faint">–</span>}</bdi>
      </Cell>
      <Cell className="agent-cell">
        <TimeCell agent={agent} />
      </Cell>
      <Cell className="agent-cell">
        <LimitCell agent={agent} />
      </Cell>
      <Cell className="agent-cell">
        <LoadCell agent={agent} />
      </Cell>
    </Row>
  );
}
