import { emulatorTokens } from "../../src/emulator/seed/seed.js";
import type { ErrorCode } from "../../src/graphql/errors/error-codes.js";
import type { Conflict } from "../../src/status-reasons/conflict.js";
import { holdDeadlines, stopClocks } from "../support/deadlines.js";
import { body, create, failing, http, list, operation, raw, update, variables } from "./provocation.js";
import type { Provocation } from "./provocation.js";

/** Each code with the examples that docs/errors.md has of it, by their marks. */
export type ErrorCases = Readonly<Record<ErrorCode, Readonly<Record<string, Provocation>>>>;

const conflicts: Readonly<Record<Conflict["kind"], Provocation>> = {
  STALE_REVISION: { provoke: operation(update, { ifRevision: "17889" }) },
  DUPLICATE_TEXT: { provoke: operation(create, { input: { text: "Lunch" } }) },
  UNKNOWN: failing({ match: { method: "PUT" }, status: 409 }, update),
};

const wideList =
  "query ($accountId: ID!) { statusReasons(accountId: $accountId) { nodes { accountId id text state enabled deleted } } }";

/** The field that needs credentials of the gateway's own. */
const history =
  'query ($accountId: ID!) { agent(accountId: $accountId, id: "1") { statusChanges { nodes { at } } } }';

export const errorCases: ErrorCases = {
  BAD_USER_INPUT: {
    input: { provoke: operation(create, { input: { text: "<b>" } }) },
    upstream: failing(
      { match: { method: "POST" }, status: 400, body: '{"message":"text is not safe"}' },
      create,
    ),
    variable: { provoke: operation(list, { accountId: null }) },
  },
  UNAUTHENTICATED: { token: { provoke: operation(list, {}, { token: emulatorTokens.expired }) } },
  FORBIDDEN: {
    account: { provoke: operation(list, {}, { token: emulatorTokens.otherAccount }) },
    credentials: { provoke: operation(history) },
  },
  NOT_FOUND: {
    reason: { provoke: operation(update, { id: "42" }) },
    path: http("/graphq", {}),
  },
  CONFLICT: conflicts,
  RATE_LIMITED: { read: { provoke: whileTimeStands } },
  UPSTREAM_ERROR: { read: failing({ status: 503 }, list) },
  UPSTREAM_TIMEOUT: {
    read: { provoke: untilTheDeadline(list) },
    write: { provoke: untilTheDeadline(create) },
  },
  UPSTREAM_UNAVAILABLE: {
    read: failing({ reset: "before" }, list),
    "not-done": { env: { UPSTREAM: "liveperson" }, provoke: withoutWriteHost },
    unknown: failing({ match: { method: "POST" }, reset: "after" }, create),
  },
  UPSTREAM_INVALID_RESPONSE: { html: failing({ status: 200, body: "<html>" }, list) },
  OVERLOADED: { any: { env: { MAX_REQUESTS_IN_FLIGHT: "1" }, provoke: whileBusy } },
  INTERNAL_SERVER_ERROR: {
    any: {
      options: {
        observer: {
          callEnded: () => {
            throw new Error("a mistake of ours");
          },
        },
      },
      provoke: operation(list),
    },
  },
  RESPONSE_TOO_LARGE: { list: { env: { RESPONSE_MAX_BYTES: "1024" }, provoke: operation(wideList) } },
  TOO_MANY_ERRORS: { last: { provoke: manyErrors } },
  GRAPHQL_PARSE_FAILED: { brace: { provoke: operation("{") } },
  GRAPHQL_VALIDATION_FAILED: {
    field: { provoke: operation("{ nothing }") },
    limit: { env: { QUERY_MAX_COST: "50" }, provoke: operation(list) },
  },
  OPERATION_RESOLUTION_FAILURE: {
    name: body(JSON.stringify({ query: "query A { __typename }", operationName: "B" })),
  },
  PERSISTED_QUERY_NOT_FOUND: {
    hash: body(
      JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
    ),
  },
  DOCUMENT_NOT_TRUSTED: {
    text: {
      env: { TRUSTED_DOCUMENTS: "schema/operations.manifest.json", TRUSTED_DOCUMENTS_MODE: "only" },
      provoke: operation(list),
    },
  },
  BAD_REQUEST: { json: body("{") },
  METHOD_NOT_ALLOWED: { put: http("/graphql", { method: "PUT" }) },
  REQUEST_TIMEOUT: { slow: raw("POST /graphql HTTP/1.1\r\nhost: a\r\nx:", { CLIENT_TIMEOUT_MS: "200" }) },
  PAYLOAD_TOO_LARGE: { body: { ...body(JSON.stringify({ query: list })), env: { MAX_BODY_BYTES: "50" } } },
  UNSUPPORTED_MEDIA_TYPE: {
    text: http("/graphql", { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" }),
  },
  HEADERS_TOO_LARGE: { header: raw(`GET /livez HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(20_000)}\r\n\r\n`) },
};

/** An update whose write has nowhere to go: nobody listens at the port. */
async function withoutWriteHost(gateway: Parameters<Provocation["provoke"]>[0]) {
  const { state } = gateway.emulator;
  state.account(variables.accountId).moveService("accountConfigReadWrite", "127.0.0.1:1");
  return operation(update)(gateway);
}

/** The last error of an answer that has too many. */
async function manyErrors(gateway: Parameters<Provocation["provoke"]>[0]) {
  const query = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }";
  const { status, text } = await gateway.query(query, { r: Array.from({ length: 1001 }, () => 0) });
  const { errors } = JSON.parse(text) as { errors: unknown[] };
  return { status, text: JSON.stringify({ errors: errors.slice(-1) }) };
}

/** A list that is refused for a time, of which nothing passes. */
function whileTimeStands(gateway: Parameters<Provocation["provoke"]>[0]) {
  stopClocks();
  return failing({ status: 429, headers: { "retry-after": "60" } }, list).provoke(gateway);
}

/** An operation whose upstream call never ends. */
function untilTheDeadline(query: string): Provocation["provoke"] {
  return async (gateway) => {
    const passDeadlines = holdDeadlines();
    gateway.emulator.faults.add({ hang: true });
    const response = operation(query)(gateway);
    await gateway.emulator.journal.whenReceived();
    passDeadlines();
    return response;
  };
}

/** A request that comes while another one has the only place. */
async function whileBusy(gateway: Parameters<Provocation["provoke"]>[0]) {
  gateway.emulator.faults.add({ latencyMs: 60_000 });
  const first = gateway.query(list, variables);
  await gateway.emulator.journal.whenReceived();
  const refused = await gateway.query(list, variables);
  gateway.emulator.faults.clear();
  await first;
  return refused;
}
