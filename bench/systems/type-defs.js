/** The part of schema/schema.graphql that the operations use, for the peers. */
export const typeDefs = `
  enum AgentState { ONLINE OCCUPIED AWAY BACK_SOON OFFLINE UNKNOWN }
  type StatusReason {
    id: ID!
    text: String!
    state: AgentState!
    enabled: Boolean!
    deleted: Boolean!
  }
  type StatusReasonCollection { nodes: [StatusReason!]! }
  type AgentStatus { state: AgentState! reason: StatusReason }
  type Agent { id: ID! status: AgentStatus }
  type Query {
    statusReasons(accountId: ID!): StatusReasonCollection!
    statusReason(accountId: ID!, id: ID!): StatusReason
    agents(accountId: ID!, ids: [ID!]!): [Agent!]!
  }
`;
