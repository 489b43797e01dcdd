import type { UpstreamOperation } from "../http/index.js";

const reads = { service: "accountConfigReadOnly", intent: "read" } as const;
const writes = { service: "accountConfigReadWrite", intent: "write" } as const;

/**
 * The endpoints called on behalf of GraphQL requests. Names and services appear in errors, logs, metrics and spans.
 * `intent`, not the HTTP method, decides whether a request is retried and shared.
 */
export const upstreamOperations = {
  listStatusReasons: { ...reads, operation: "listStatusReasons" },
  getStatusReason: { ...reads, operation: "getStatusReason" },
  createStatusReason: { ...writes, operation: "createStatusReason" },
  createStatusReasons: { ...writes, operation: "createStatusReasons" },
  updateStatusReason: { ...writes, operation: "updateStatusReason" },
  deleteStatusReason: { ...writes, operation: "deleteStatusReason" },
  listStatusChanges: { service: "agentActivityDomain", operation: "listStatusChanges", intent: "read" },
  viewAgents: { service: "agentManagerWorkspace", operation: "viewAgents", intent: "read" },
} as const satisfies Record<string, UpstreamOperation>;

/** The endpoints whose 404 is about the reason in their path; that of others is about the account. */
export const reasonOperations: ReadonlySet<string> = new Set([
  upstreamOperations.getStatusReason.operation,
  upstreamOperations.updateStatusReason.operation,
  upstreamOperations.deleteStatusReason.operation,
]);

/** What a `not-found` says that is about a reason. */
export const noSuchReason = "There is no such status reason.";
