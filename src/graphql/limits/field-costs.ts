/** How much upstream work a field stands for. */
export interface FieldCost {
  /** Once, whatever comes back. */
  readonly base: number;
  /** How many records come back, each with all that is selected of it; left out: one. */
  readonly records?: RecordCount;
}

/** How many records a field answers with. */
export interface RecordCount {
  /** The argument that says it, by its length or its value; a dot leads into an input. */
  readonly argument?: string;
  /** Where the argument is left out, or nothing says it. */
  readonly otherwise: number;
  /** What the resolver accepts at most: it refuses more before any upstream call. */
  readonly most?: number;
}

/** What one upstream record costs, in values of an answer. */
export const recordCost = 10;

const upstreamCall = 100;
const write = 1000;

/** The schema's text is some 13,000 bytes, and needs no credentials: a router asks for it once. */
const schemaText = 5000;

/** The fields that stand for upstream work, as `Type.field`. A field that is not here is plain data. */
export const fieldCosts: Readonly<Record<string, FieldCost>> = {
  "Query.statusReasons": { base: upstreamCall, records: { otherwise: 100 } },
  "Query.statusReason": { base: recordCost },
  "Query.agent": { base: recordCost },
  "Query.agents": { base: 0, records: { argument: "ids", otherwise: 1, most: 5000 } },
  "Query.liveAgents": { base: upstreamCall, records: { argument: "limit", otherwise: 50, most: 1000 } },
  "Query._entities": { base: 0, records: { argument: "representations", otherwise: 1, most: 5000 } },
  "StatusReason.agents": { base: 0, records: { argument: "limit", otherwise: 50, most: 1000 } },
  "AgentStatus.reason": { base: recordCost },
  "_Service.sdl": { base: schemaText },
  "Subscription.agentsChanged": {
    base: upstreamCall,
    records: { argument: "ids", otherwise: 1000, most: 1000 },
  },
  "Subscription.statusReasonsChanged": { base: upstreamCall, records: { otherwise: 100 } },
  "Mutation.createStatusReason": { base: write },
  "Mutation.createStatusReasons": {
    base: write,
    records: { argument: "input.items", otherwise: 1, most: 100 },
  },
  "Mutation.updateStatusReason": { base: write },
  "Mutation.deleteStatusReason": { base: write },
};
