import type { AgentRecord, StatusReasonList, StatusReasonRecord } from "../upstream/api/index.js";
import { dependsOnTime, observedAgents } from "../loaders/index.js";
import type { LiveAgentFilter, OperationAgentDemand } from "../loaders/index.js";
import { passingAgents } from "./agents.js";
import type { AgentsState, PassingAgents } from "./agents.js";
import { Channel } from "./channel.js";
import type { Poller, Snapshot } from "./poller.js";
import { isSameReason } from "./status-reasons.js";

/** The changes of the agents who pass the filter since the previous event; all these agents in the first event. */
export interface AgentsChange {
  readonly changed: readonly AgentRecord[];
  /** Agents who passed the filter in the previous event and no longer do. */
  readonly leftIds: readonly string[];
  readonly totalCount: number;
  /** There are more agents than the upstream shows. */
  readonly truncated: boolean;
  readonly observedAt: Date;
  readonly stale: boolean;
  /** The account's reasons; undefined where the operation selects only their keys. */
  readonly reasons: StatusReasonList | undefined;
}

/** The fields that an operation selects of agents and their changes. Changes of other fields cause no event. */
export interface AgentsSelection {
  /** The data to request from the upstream. */
  readonly demand: OperationAgentDemand;
  /** Fields of `AgentsChange`. */
  readonly change: ReadonlySet<string>;
  /** Fields of `Agent`, `AgentStatus`, `AgentGroup` and `Skill`. */
  readonly agent: ReadonlySet<string>;
  readonly status: ReadonlySet<string>;
  readonly group: ReadonlySet<string>;
  readonly skill: ReadonlySet<string>;
  /** Fields of the agents' reasons. */
  readonly reason: ReadonlySet<string>;
}

/** The latest snapshots of a question's pollers. */
interface Position {
  /** The same object for the same agents of the same state. */
  readonly agents: PassingAgents;
  readonly agentsState: AgentsState;
  readonly reasons: StatusReasonList | undefined;
  readonly reasonsById: ReadonlyMap<string, StatusReasonRecord>;
  readonly observedAt: Date;
  readonly isStale: boolean;
}

export interface AgentPollers {
  readonly agents: Poller<AgentsState>;
  /** undefined where the selection contains no field of reasons that can change. */
  readonly reasons: Poller<StatusReasonList> | undefined;
}

/** Creates the channel of the changes of a question's agents, shared by all subscriptions with the same selection. */
export function agentsChannel(
  pollers: AgentPollers,
  filter: LiveAgentFilter,
  selection: AgentsSelection,
): Channel<Position, AgentsChange> {
  const read = readerOf(selection);
  return new Channel({
    dependsOnTime: dependsOnTime(filter),
    position: positions(pollers, filter, selection.demand),
    isSame: (one, other) =>
      one.agents === other.agents && one.reasons === other.reasons && one.isStale === other.isStale,
    compare: (before, after) => compare(before, after, selection, read),
  });
}

/** @returns a function that returns the position: the same object until a poller has a new snapshot */
function positions({ agents, reasons }: AgentPollers, filter: LiveAgentFilter, demand: OperationAgentDemand) {
  let seen: readonly [object, object | undefined] | undefined;
  let position: Position | undefined;
  return (): Position | undefined => {
    const ofAgents = agents.snapshot;
    const ofReasons = reasons?.snapshot;
    if (ofAgents?.state.covers(demand) !== true) return undefined;
    if (reasons !== undefined && ofReasons === undefined) return undefined;
    if (position !== undefined && seen?.[0] === ofAgents && seen[1] === ofReasons) return position;
    seen = [ofAgents, ofReasons];
    const isSameReasons = position?.reasons === ofReasons?.state;
    position = {
      agentsState: ofAgents.state,
      agents: passingNow(ofAgents, filter, position),
      reasons: ofReasons?.state,
      reasonsById: isSameReasons && position ? position.reasonsById : byId(ofReasons?.state),
      observedAt: earlier(ofAgents.observedAt, ofReasons?.observedAt),
      isStale: ofAgents.isStale || ofReasons?.isStale === true,
    };
    return position;
  };
}

/** @returns the same object as before while the same agents pass, and nothing of them has changed */
function passingNow(
  { state, observedAt }: Snapshot<AgentsState>,
  filter: LiveAgentFilter,
  before: Position | undefined,
): PassingAgents {
  const known = before?.agentsState === state ? before.agents : undefined;
  if (known !== undefined && !dependsOnTime(filter)) return known;
  const agents = passingAgents(state, filter, observedAt);
  return known !== undefined && isSameSet(known.byId, agents.byId) ? known : agents;
}

function isSameSet(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((id) => other.has(id));
}

function byId(list: StatusReasonList | undefined): ReadonlyMap<string, StatusReasonRecord> {
  return new Map(list?.value.map((reason) => [reason.id, reason]));
}

function earlier(one: Date, other: Date = one): Date {
  return one < other ? one : other;
}

/** Reads the selected fields of an agent as values that can be compared with `===`. */
type Reader = (agent: AgentRecord) => readonly unknown[];

function compare(
  before: Position | undefined,
  after: Position,
  selection: AgentsSelection,
  read: Reader,
): AgentsChange | undefined {
  const { totalCount } = after.agents;
  const { truncated } = after.agentsState;
  const agents = [...after.agents.byId.values()];
  const changed = before
    ? agents.filter((agent) => !isSameAgent(agent, before, after, selection, read))
    : agents;
  const leftIds = before ? [...before.agents.byId.keys()].filter((id) => !after.agents.byId.has(id)) : [];
  const isNews =
    before === undefined ||
    (selection.change.has("changed") && changed.length > 0) ||
    (selection.change.has("leftIds") && leftIds.length > 0) ||
    (selection.change.has("totalCount") && before.agents.totalCount !== totalCount) ||
    (selection.change.has("truncated") && before.agentsState.truncated !== truncated) ||
    (selection.change.has("stale") && before.isStale !== after.isStale);
  if (!isNews) return undefined;
  const { observedAt, isStale: stale, reasons } = after;
  const shown = selection.demand.observed === true ? observedAgents(changed, observedAt.getTime()) : changed;
  return { changed: shown, leftIds, totalCount, truncated, observedAt, stale, reasons };
}

function isSameAgent(
  agent: AgentRecord,
  before: Position,
  after: Position,
  selection: AgentsSelection,
  read: Reader,
): boolean {
  const known = before.agents.byId.get(agent.id);
  if (known === undefined) return false;
  if (known !== agent) {
    const values = read(known);
    if (!read(agent).every((value, index) => value === values[index])) return false;
  }
  const reasonId = agent.status?.reasonId;
  if (before.reasons === after.reasons || reasonId == null) return true;
  return isSameReason(before.reasonsById.get(reasonId), after.reasonsById.get(reasonId), selection.reason);
}

function readerOf(selection: AgentsSelection): Reader {
  const readers = [...fieldReaders(selection), ...statusReaders(selection.status)];
  return (agent) => readers.map((read) => read(agent));
}

const plainFields = ["name", "nickname", "loginName", "pictureUrl"] as const;

function fieldReaders({ agent: fields, group, skill }: AgentsSelection): ((agent: AgentRecord) => unknown)[] {
  return [
    ...plainFields.filter((field) => fields.has(field)).map((field) => (agent: AgentRecord) => agent[field]),
    ...(fields.has("group") ? [(agent: AgentRecord) => agent.group?.id] : []),
    ...(group.has("name") ? [(agent: AgentRecord) => agent.group?.name] : []),
    ...(fields.has("skills") ? [(agent: AgentRecord) => skillsText(agent, skill.has("name"))] : []),
    ...(fields.has("status") ? [(agent: AgentRecord) => agent.status === null] : []),
  ];
}

function skillsText({ skills }: AgentRecord, withNames: boolean): string {
  return JSON.stringify(skills.map(({ id, name }) => (withNames ? [id, name] : id)));
}

const plainStatusFields = [
  "state",
  "load",
  "activeConversations",
  "assignedConversations",
  "maxSlots",
  "availableSlots",
] as const;

/** A duration that has only grown is no change; one that has begun anew is. */
const startFields = [
  { field: "since", duration: "stateSeconds" },
  { field: "reasonSince", duration: "reasonSeconds" },
] as const;

function statusReaders(fields: ReadonlySet<string>): ((agent: AgentRecord) => unknown)[] {
  return [
    ...plainStatusFields
      .filter((field) => fields.has(field))
      .map(
        (field) =>
          ({ status }: AgentRecord) =>
            status?.[field],
      ),
    ...startFields
      .filter(({ field, duration }) => fields.has(field) || fields.has(duration))
      .map(
        ({ field }) =>
          ({ status }: AgentRecord) =>
            status?.[field]?.getTime(),
      ),
    ...(fields.has("reason") ? [({ status }: AgentRecord) => status?.reasonId] : []),
  ];
}
