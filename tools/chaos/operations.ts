import { post } from "../../test/support/gateway.js";
import type { GraphqlResponse, WireError } from "../../test/support/gateway.js";
import type { Step } from "./plan.js";

/** The outcome of one step. */
export interface Outcome {
  readonly step: Step;
  readonly errors: readonly WireError[];
  /** The records in the response. */
  readonly records: readonly AnsweredRecord[];
  /** The reason that an update or delete was for. */
  readonly target: string | undefined;
  readonly durationMs: number;
}

export interface AnsweredRecord {
  readonly accountId: string;
  readonly id: string;
  readonly text?: string;
}

const reasonFields = "{ accountId id text }";
const one = `{ statusReason ${reasonFields} }`;

/** The operation of each kind. All are sent with the same variables and use those they declare. */
const queries: Readonly<Record<Step["kind"], string>> = {
  list: `query ($a: ID!) { statusReasons(accountId: $a) { nodes ${reasonFields} } }`,
  byId: `query ($a: ID!, $id: ID!) { statusReason(accountId: $a, id: $id) ${reasonFields} }`,
  agents: `query ($a: ID!) { liveAgents(accountId: $a) { nodes { accountId id status { reason ${reasonFields} } } } }`,
  create: `mutation ($a: ID!, $text: String!) { createStatusReason(accountId: $a, input: { text: $text }) ${one} }`,
  bulk: `mutation ($a: ID!, $text: String!, $other: String!) {
    createStatusReasons(accountId: $a, input: { items: [{ text: $text }, { text: $other }] }) {
      statusReasons ${reasonFields}
    }
  }`,
  update: `mutation ($a: ID!, $id: ID!, $text: String!) {
    updateStatusReason(accountId: $a, id: $id, input: { text: $text }) ${one}
  }`,
  delete: `mutation ($a: ID!, $id: ID!) { deleteStatusReason(accountId: $a, id: $id) ${one} }`,
};

/** The texts that a step writes, if it writes any. */
export function textsOf({ kind, text }: Step): string[] {
  if (kind === "bulk") return [text, `${text} too`];
  return kind === "create" || kind === "update" ? [text] : [];
}

/** @param target the reason that an update, a delete or a look-up is for */
export async function perform(url: string, step: Step, target: string): Promise<Outcome> {
  const query = queries[step.kind];
  const [text, other] = [step.text, `${step.text} too`];
  const all = { a: step.caller.accountId, id: target, text, other };
  const variables = Object.fromEntries(Object.entries(all).filter(([name]) => query.includes(`$${name}:`)));
  const startMs = performance.now();
  const answer = await post(url, JSON.stringify({ query, variables }), { token: step.caller.token });
  return {
    step,
    errors: answer.errors,
    records: recordsIn(answer),
    target: query.includes("$id:") ? target : undefined,
    durationMs: performance.now() - startMs,
  };
}

/** The objects in the response that belong to an account. */
function recordsIn({ text }: GraphqlResponse<unknown>): AnsweredRecord[] {
  const records: AnsweredRecord[] = [];
  JSON.parse(text, (key, value: unknown) => {
    if (key === "errors") return undefined;
    if (typeof value === "object" && value !== null && "accountId" in value)
      records.push(value as AnsweredRecord);
    return value;
  });
  return records;
}
