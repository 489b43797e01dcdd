import { emulatorAccountId, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import type { Fault } from "../../src/emulator/faults/faults.js";
import { post } from "../support/gateway.js";
import type { RequestOptions, TestGateway, TestGatewayOptions } from "../support/gateway.js";
import { sendRaw } from "../support/raw-http.js";

/** An answer with an error in it, as it came. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
}

/** How to get an error out of a real gateway. */
export interface Provocation {
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: TestGatewayOptions;
  readonly provoke: (gateway: TestGateway) => Promise<Refusal>;
}

/** What the examples are about. */
export const variables = { accountId: emulatorAccountId, id: emulatorReasonIds.lunch };

export const list = "query ($accountId: ID!) { statusReasons(accountId: $accountId) { totalCount } }";

export const create = `mutation ($accountId: ID!, $input: CreateStatusReasonInput!) {
  createStatusReason(accountId: $accountId, input: $input) { revision }
}`;

export const update = `mutation ($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {
  updateStatusReason(accountId: $accountId, id: $id, input: $input, ifRevision: $ifRevision) { revision }
}`;

/** A valid operation, or one that is not. */
export function operation(
  query: string,
  more: object = {},
  options?: RequestOptions,
): (gateway: TestGateway) => Promise<Refusal> {
  return (gateway) => gateway.query(query, { ...variables, input: { text: "Brunch" }, ...more }, options);
}

/** An operation that the upstream fails. */
export function failing(fault: Fault, query: string): Provocation {
  return {
    provoke: (gateway) => {
      gateway.emulator.faults.add(fault);
      return operation(query)(gateway);
    },
  };
}

/** A body, whatever is in it. */
export function body(text: string): Provocation {
  return { provoke: ({ url }) => post(url, text) };
}

/** An HTTP request without GraphQL in it. */
export function http(path: string, init: RequestInit): Provocation {
  return {
    provoke: async ({ origin }) => {
      const response = await fetch(origin + path, init);
      return { status: response.status, text: await response.text() };
    },
  };
}

/** Bytes that an HTTP client would not send. */
export function raw(bytes: string, env: Readonly<Record<string, string>> = {}): Provocation {
  return {
    env,
    provoke: async ({ origin }) => {
      const answer = await sendRaw(origin, bytes);
      const [head = "", text = ""] = answer.split("\r\n\r\n");
      return { status: Number(head.split(" ")[1]), text };
    },
  };
}
