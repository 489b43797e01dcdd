import { maxBatchItems } from "../../status-reasons/index.js";
import { AgentState, agentViewCap } from "../../upstream/api/index.js";

/** The most items that the lists in arguments may have. */
export const maxItems = {
  agentIds: 5000,
  representations: 5000,
  newReasons: 100,
  batchWrites: maxBatchItems,
  filterValues: 1000,
} as const;

/** How many agents a page has unless the caller says otherwise. */
export const defaultPageSize = 50;

/** How much upstream work a field causes. */
export interface FieldCost {
  /** Once, independent of the number of records. */
  readonly base: number;
  /** Once for all records of a list that the field is selected on, because they share its upstream call. */
  readonly shared?: number;
  /** How many records the field returns, each with its selection; one if left out. */
  readonly records?: RecordCount;
  /** Once more, depending on the arguments as sent: not yet coerced, variables replaced by their values. */
  readonly surcharge?: (args: RawArguments) => number;
}

/** The arguments of a field, as sent: of any type. */
export type RawArguments = Readonly<Record<string, unknown>>;

/** How many records a field returns. */
export interface RecordCount {
  /** The argument that tells the number, by its length or its value; a dot leads into an input. */
  readonly argument?: string;
  /** The number where the argument is left out, or where no argument tells it. */
  readonly otherwise: number;
  /** The most that the resolver accepts: it refuses more before any upstream call. */
  readonly most?: number;
  /** The number of records that the field returns besides those. */
  readonly besides?: (args: RawArguments) => number;
}

/** The cost of one upstream record, in values of a response. */
export const recordCost = 10;

/** The types whose values are upstream records. */
export const recordTypes: ReadonlySet<string> = new Set(["Agent", "StatusReason"]);

/** How many records are assumed where nothing tells their number: reasons, groups and skills of an account. */
export const assumedRecords = 100;

const upstreamCall = 100;
const write = 1000;

/** The whole period is read, and kept until the operation ends, whatever the page: hundreds of changes in a month. */
const history = 1000;

/** The call for a whole view, whose agents are counted but not returned. */
const wholeView = upstreamCall + agentViewCap * recordCost;

/** The SDL is some 20,000 bytes and needs no credentials; a router reads it once. */
const schemaText = 5000;

/** The most changes that a page of an agent's history has. */
export const maxStatusChanges = 1000;

const pageOfAgents: RecordCount = { argument: "limit", otherwise: defaultPageSize, most: agentViewCap };

/** How many reasons an agent gives in a day, and states are fewer. */
const reasonsPerAgent = 5;

/**
 * The fields that cause upstream work, as `Type.field`. All other fields are plain data. The schema's `@cost` and
 * `@listSize` are generated from it.
 */
export const fieldCosts: Readonly<Record<string, FieldCost>> = {
  "Query.statusReasons": { base: upstreamCall, records: { otherwise: assumedRecords } },
  "Query.statusReason": { base: recordCost },
  "Query.agent": { base: recordCost },
  "Query.agents": { base: 0, records: { argument: "ids", otherwise: 1, most: maxItems.agentIds } },
  "Query.liveAgents": { base: upstreamCall, records: pageOfAgents, surcharge: unlessPagedUpstream },
  "Query.liveSummary": { base: wholeView },
  "LiveSummary.states": { base: 0, records: { otherwise: 6 } },
  "LiveSummary.reasons": { base: recordCost, records: { otherwise: assumedRecords } },
  "LiveSummary.groups": { base: 0, records: { otherwise: assumedRecords } },
  "LiveSummary.skills": { base: 0, records: { otherwise: assumedRecords } },
  "ReasonCount.reason": { base: recordCost },
  "Query._entities": {
    base: 0,
    records: { argument: "representations", otherwise: 1, most: maxItems.representations },
  },
  "StatusReason.agents": { base: 0, records: pageOfAgents },
  "Agent.statusChanges": {
    base: history,
    records: { argument: "first", otherwise: defaultPageSize, most: maxStatusChanges },
  },
  "StatusReason.agentCount": { base: recordCost },
  "AgentStatus.reason": { base: recordCost },
  "StatusChange.reason": { base: recordCost },
  "Agent.time": { base: recordCost, shared: upstreamCall },
  "AgentTime.reasons": { base: 0, records: { otherwise: reasonsPerAgent } },
  "ReasonTime.reason": { base: recordCost },
  "Query.reasonUsage": { base: wholeView },
  "ReasonUsageReport.usages": { base: 0, records: { otherwise: assumedRecords } },
  "ReasonUsage.reason": { base: recordCost },
  "StatusReason.usage": { base: recordCost, shared: wholeView },
  "_Service.sdl": { base: schemaText },
  "Subscription.agentsChanged": {
    base: upstreamCall,
    records: { argument: "ids", otherwise: agentViewCap, most: maxItems.agentIds },
  },
  "Subscription.statusReasonsChanged": { base: upstreamCall, records: { otherwise: assumedRecords } },
  "Mutation.createStatusReason": { base: write },
  "Mutation.createStatusReasons": {
    base: write,
    records: { argument: "input.items", otherwise: 1, most: maxItems.newReasons },
  },
  "Mutation.updateStatusReasons": batchOf("items"),
  "Mutation.deleteStatusReasons": batchOf("ids"),
  "Mutation.applyStatusReasons": batchOf("reasons"),
  "Mutation.updateStatusReason": { base: write },
  "Mutation.deleteStatusReason": { base: write },
};

/**
 * Writes one by one: a write for each item of the input, and for each reason that it may delete besides. A dry run returns as
 * many records, and writes none of them.
 */
function batchOf(list: string): FieldCost {
  return {
    base: write,
    records: {
      argument: `input.${list}`,
      otherwise: 1,
      most: maxItems.batchWrites,
      besides: ({ input }) => otherDeletions(input),
    },
    surcharge: ({ input }) => {
      if (isObject(input) && input["dryRun"] === true) return 0;
      const items = isObject(input) ? listOf(input[list]).length : 1;
      return (Math.min(items, maxItems.batchWrites) + otherDeletions(input)) * write;
    },
  };
}

/** How many reasons an input deletes that it does not name. */
function otherDeletions(input: unknown): number {
  return isObject(input) && input["deleteOthers"] === true ? assumedRecords : 0;
}

/** The upstream pages a view by id. In any other order, and for what it cannot filter by, the whole view is read. */
function unlessPagedUpstream({ filter, orderBy }: RawArguments): number {
  const isWhole = isGiven(orderBy) || (isObject(filter) && isFilteredHere(filter));
  return isWhole ? agentViewCap * recordCost : 0;
}

/**
 * As `passingHere` of the loaders decides, for a filter that was not validated yet. A thousand fields may have the states of
 * one variable: those beyond the most that a filter may have are not read.
 */
function isFilteredHere({ states, reasonIds, minSecondsInState, minSecondsInReason }: RawArguments): boolean {
  return (
    [reasonIds, minSecondsInState, minSecondsInReason].some(isGiven) ||
    listOf(states).slice(0, maxItems.filterValues).includes(AgentState.OCCUPIED)
  );
}

/** GraphQL coerces any other value to a list of one. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isObject(value: unknown): value is RawArguments {
  return typeof value === "object" && value !== null;
}
