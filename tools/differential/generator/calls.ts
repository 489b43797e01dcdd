import fc from "fast-check";

import type { Fault } from "../../../src/emulator/faults/faults.js";
import { emulatorAccountId, emulatorTokens } from "../../../src/emulator/seed/seed.js";

/** One request as it is sent to both gateways. */
export interface Step {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The upstream faults during the request. */
  readonly faults: readonly Fault[];
}

const tokens = fc.oneof(
  { weight: 30, arbitrary: fc.constant<string | undefined>(`Bearer ${emulatorTokens.admin}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      undefined,
      "",
      "Basic eDp5",
      ...Object.values(emulatorTokens).map((token) => `Bearer ${token}`),
    ),
  },
);

const accepts = fc.oneof(
  { weight: 8, arbitrary: fc.constant("application/json") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "*/*",
      "application/graphql-response+json",
      "application/graphql-response+json, application/json;q=0.9",
      "text/html",
    ),
  },
);

const origins = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom("https://a.example", "null") },
);

const headers = fc
  .record({ token: tokens, accept: accepts, origin: origins })
  .map(({ token, accept, origin }) => ({
    "content-type": "application/json",
    accept,
    ...(token !== undefined && { authorization: token }),
    ...(origin !== undefined && { origin }),
  }));

/** Parts of URLs and bodies: whole services, one account, one reason. */
export const fault: fc.Arbitrary<Fault> = fc
  .record({
    match: fc.constantFrom<NonNullable<Fault["match"]>>(
      { path: "agent_view" },
      { path: "status-reasons" },
      { path: `${emulatorAccountId}/configuration/le-agents/status-reasons?` },
      { path: "status-reasons/725987312" },
      { body: '"agentIds"' },
      { body: "AWAY" },
    ),
    effect: fc.constantFrom<Fault>(
      { status: 500 },
      { status: 404, body: '{"message":"gone \\"for\\" good"}' },
      { status: 403 },
      { status: 401 },
      { status: 400, body: '{"error":"x","error_description":"Nein\u2028\u0007"}' },
      { status: 429, headers: { "retry-after": "7" } },
      { status: 503, body: "<html>" },
      { status: 200, body: "<html>" },
      { status: 200, body: "{}" },
      { status: 304 },
      { truncate: true },
    ),
  })
  .map(({ match, effect }) => ({ match, ...effect }));

/** The ways to send an operation. */
export type NameChoice = "right" | "left out" | "null" | "empty" | "wrong";

const nameChoice = fc.oneof(
  { weight: 12, arbitrary: fc.constant<NameChoice>("right") },
  { weight: 1, arbitrary: fc.constantFrom<NameChoice>("left out", "null", "empty", "wrong") },
);

const extras = fc.oneof(
  { weight: 8, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.tuple(
        fc.constantFrom("extra", "__proto__", "constructor", "toString", "a2"),
        fc.constantFrom("null", "1", '"x"', '{"__proto__":{"a":1}}', "[9007199254740993]"),
      ),
      { maxLength: 2 },
    ),
  },
);

/** A request without its document. */
export interface Call {
  readonly nameChoice: NameChoice;
  readonly extras: readonly (readonly [string, string])[];
  readonly headers: Step["headers"];
}

export const call: fc.Arbitrary<Call> = fc.record({ nameChoice, extras, headers });
