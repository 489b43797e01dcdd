/**
 * Tailcall's configuration for the operations: the schema, with where each field comes from.
 *
 * A field under another does not see the other's arguments, so the account of an agent's reason comes by a header of
 * the request. Batching joins the look-ups of reasons into one call, of one caller only.
 *
 * @param {{ port: number, upstream: string }} setting
 * @returns {string}
 */
export function tailcallConfig({ port, upstream }) {
  const reasons = (/** @type {string} */ accountId) =>
    `${upstream}/api/account/${accountId}/configuration/le-agents/status-reasons`;
  const agents = `${upstream}/manager_workspace/api/account/{{.args.accountId}}/agent_view`;
  const version = `{ key: "v", value: "1.0" }`;
  const withDeleted = `${version}, { key: "include_deleted", value: "true" }`;
  const view = JSON.stringify({
    filters: {
      agentIds: "IDS",
      effectiveAgentStatus: ["ONLINE", "OCCUPIED", "AWAY", "BACK_SOON", "OFFLINE"],
    },
    includeAgentMetadata: false,
    metricsToRetrieveCurrentValue: ["agent_current_status", "agent_current_status_reason"],
    metricsToRetrieveByTime: [],
  }).replace('"IDS"', "{{.args.ids}}");
  return `
schema
  @server(hostname: "127.0.0.1", port: ${port})
  @upstream(
    allowedHeaders: ["authorization", "${accountHeader}"]
    batch: { delay: 1, maxSize: 1000, headers: ["authorization"] }
  ) {
  query: Query
}
enum AgentState {
  ONLINE @alias(options: ["Online"])
  OCCUPIED @alias(options: ["Occupied"])
  AWAY @alias(options: ["Away"])
  BACK_SOON @alias(options: ["Back Soon"])
  OFFLINE
  UNKNOWN
}
type StatusReason { id: ID! text: String! state: AgentState! enabled: Boolean! deleted: Boolean! }
type StatusReasonCollection {
  accountId: ID!
  nodes: [StatusReason!]! @http(url: "${reasons("{{.value.accountId}}")}", query: [${version}])
}
type AgentStatus {
  state: AgentState!
  reasonId: ID
  reason: StatusReason
    @http(
      url: "${reasons(`{{.headers.${accountHeader}}}`)}"
      query: [${withDeleted}, { key: "id", value: "{{.value.reasonId}}" }]
      batchKey: ["id"]
    )
}
type Agent {
  agentId: ID
  agentCurrentStatus: AgentState
  agentCurrentStatusReasonId: ID
  id: ID! @expr(body: "{{.value.agentId}}")
  status: AgentStatus
    @expr(body: { state: "{{.value.agentCurrentStatus}}", reasonId: "{{.value.agentCurrentStatusReasonId}}" })
}
type Query {
  statusReasons(accountId: ID!): StatusReasonCollection! @expr(body: { accountId: "{{.args.accountId}}" })
  statusReason(accountId: ID!, id: ID!): StatusReason
    @http(url: "${reasons("{{.args.accountId}}")}/{{.args.id}}", query: [${withDeleted}])
  agents(accountId: ID!, ids: [ID!]!): [Agent!]!
    @http(
      url: "${agents}"
      query: [{ key: "offset", value: "0" }, { key: "limit", value: "1000" }, { key: "sort", value: "agentId:asc" }]
      method: POST
      body: ${JSON.stringify(view)}
      select: "{{.agentViewRecords}}"
    )
}
`;
}

/** The header that says which account an operation is about. */
export const accountHeader = "x-account";
