import { Button } from "react-aria-components";

import { MultiSelect } from "../controls/multi-select.js";
import { SearchField } from "../controls/search-field.js";
import { noFilter, noReason, optionsOf } from "./agent-filter.js";
import type { AgentFilter } from "./agent-filter.js";
import type { BoardAgent } from "./board-agent.js";

interface Props {
  readonly agents: readonly BoardAgent[];
  readonly filter: AgentFilter;
  readonly onChange: (change: Partial<AgentFilter>) => void;
}

const withoutReason = { id: noReason, name: "No reason" };

/** Searches and filters agents by what they have now. */
export function AgentToolbar({ agents, filter, onChange }: Props) {
  const { search, groups, skills, reasons } = filter;
  return (
    <div className="toolbar" role="search" aria-label="Filter agents">
      <SearchField
        label="Search"
        value={search}
        onChange={(text) => {
          onChange({ search: text });
        }}
      />
      <MultiSelect
        label="Group"
        options={optionsOf(agents, ({ group }) => [group])}
        selected={groups}
        onChange={(ids) => {
          onChange({ groups: ids });
        }}
      />
      <MultiSelect
        label="Skill"
        options={optionsOf(agents, (agent) => agent.skills)}
        selected={skills}
        onChange={(ids) => {
          onChange({ skills: ids });
        }}
      />
      <MultiSelect
        label="Reason"
        options={[withoutReason, ...optionsOf(agents, ({ reason }) => [reason])]}
        selected={reasons}
        onChange={(ids) => {
          onChange({ reasons: ids });
        }}
      />
      {isFiltered(filter) && (
        <Button
          className="button"
          onPress={() => {
            onChange(noFilter);
          }}
        >
          Show all
        </Button>
      )}
    </div>
  );
}

function isFiltered({ search, ...lists }: AgentFilter): boolean {
  const { states, reasons, groups, skills, isOver } = lists;
  return search !== "" || isOver || [states, reasons, groups, skills].some(({ length }) => length > 0);
}
