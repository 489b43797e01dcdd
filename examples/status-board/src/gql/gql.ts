/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment BoardAgent on Agent {\n  accountId\n  id\n  name\n  status {\n    state\n    stateSeconds\n    reasonSeconds\n    observedAt\n    reason {\n      accountId\n      id\n      text\n    }\n  }\n}\n\nquery Board($accountId: ID!) {\n  liveAgents(\n    accountId: $accountId\n    orderBy: {by: STATE_TIME, direction: DESC}\n    limit: 1000\n  ) {\n    nodes {\n      ...BoardAgent\n    }\n    totalCount\n    truncated\n  }\n}\n\nquery AgentTime($accountId: ID!, $id: ID!) {\n  agent(accountId: $accountId, id: $id) {\n    accountId\n    id\n    time {\n      loggedInSeconds\n      states {\n        state\n        seconds\n      }\n      reasons {\n        state\n        reason {\n          accountId\n          id\n          text\n        }\n        seconds\n      }\n    }\n  }\n}": typeof types.BoardAgentFragmentDoc,
    "fragment Reason on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n}\n\nquery Reasons($accountId: ID!, $filter: StatusReasonFilter) {\n  statusReasons(accountId: $accountId, filter: $filter) {\n    nodes {\n      ...Reason\n    }\n    revision\n    totalCount\n  }\n}\n\nquery ReasonUsages($accountId: ID!) {\n  reasonUsage(accountId: $accountId) {\n    usages {\n      reason {\n        accountId\n        id\n      }\n      agentCount\n      seconds\n    }\n    truncated\n  }\n}\n\nmutation CreateReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation UpdateReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation DeleteReason($accountId: ID!, $id: ID!) {\n  deleteStatusReason(accountId: $accountId, id: $id) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}": typeof types.ReasonFragmentDoc,
};
const documents: Documents = {
    "fragment BoardAgent on Agent {\n  accountId\n  id\n  name\n  status {\n    state\n    stateSeconds\n    reasonSeconds\n    observedAt\n    reason {\n      accountId\n      id\n      text\n    }\n  }\n}\n\nquery Board($accountId: ID!) {\n  liveAgents(\n    accountId: $accountId\n    orderBy: {by: STATE_TIME, direction: DESC}\n    limit: 1000\n  ) {\n    nodes {\n      ...BoardAgent\n    }\n    totalCount\n    truncated\n  }\n}\n\nquery AgentTime($accountId: ID!, $id: ID!) {\n  agent(accountId: $accountId, id: $id) {\n    accountId\n    id\n    time {\n      loggedInSeconds\n      states {\n        state\n        seconds\n      }\n      reasons {\n        state\n        reason {\n          accountId\n          id\n          text\n        }\n        seconds\n      }\n    }\n  }\n}": types.BoardAgentFragmentDoc,
    "fragment Reason on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n}\n\nquery Reasons($accountId: ID!, $filter: StatusReasonFilter) {\n  statusReasons(accountId: $accountId, filter: $filter) {\n    nodes {\n      ...Reason\n    }\n    revision\n    totalCount\n  }\n}\n\nquery ReasonUsages($accountId: ID!) {\n  reasonUsage(accountId: $accountId) {\n    usages {\n      reason {\n        accountId\n        id\n      }\n      agentCount\n      seconds\n    }\n    truncated\n  }\n}\n\nmutation CreateReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation UpdateReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation DeleteReason($accountId: ID!, $id: ID!) {\n  deleteStatusReason(accountId: $accountId, id: $id) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}": types.ReasonFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment BoardAgent on Agent {\n  accountId\n  id\n  name\n  status {\n    state\n    stateSeconds\n    reasonSeconds\n    observedAt\n    reason {\n      accountId\n      id\n      text\n    }\n  }\n}\n\nquery Board($accountId: ID!) {\n  liveAgents(\n    accountId: $accountId\n    orderBy: {by: STATE_TIME, direction: DESC}\n    limit: 1000\n  ) {\n    nodes {\n      ...BoardAgent\n    }\n    totalCount\n    truncated\n  }\n}\n\nquery AgentTime($accountId: ID!, $id: ID!) {\n  agent(accountId: $accountId, id: $id) {\n    accountId\n    id\n    time {\n      loggedInSeconds\n      states {\n        state\n        seconds\n      }\n      reasons {\n        state\n        reason {\n          accountId\n          id\n          text\n        }\n        seconds\n      }\n    }\n  }\n}"): (typeof documents)["fragment BoardAgent on Agent {\n  accountId\n  id\n  name\n  status {\n    state\n    stateSeconds\n    reasonSeconds\n    observedAt\n    reason {\n      accountId\n      id\n      text\n    }\n  }\n}\n\nquery Board($accountId: ID!) {\n  liveAgents(\n    accountId: $accountId\n    orderBy: {by: STATE_TIME, direction: DESC}\n    limit: 1000\n  ) {\n    nodes {\n      ...BoardAgent\n    }\n    totalCount\n    truncated\n  }\n}\n\nquery AgentTime($accountId: ID!, $id: ID!) {\n  agent(accountId: $accountId, id: $id) {\n    accountId\n    id\n    time {\n      loggedInSeconds\n      states {\n        state\n        seconds\n      }\n      reasons {\n        state\n        reason {\n          accountId\n          id\n          text\n        }\n        seconds\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Reason on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n}\n\nquery Reasons($accountId: ID!, $filter: StatusReasonFilter) {\n  statusReasons(accountId: $accountId, filter: $filter) {\n    nodes {\n      ...Reason\n    }\n    revision\n    totalCount\n  }\n}\n\nquery ReasonUsages($accountId: ID!) {\n  reasonUsage(accountId: $accountId) {\n    usages {\n      reason {\n        accountId\n        id\n      }\n      agentCount\n      seconds\n    }\n    truncated\n  }\n}\n\nmutation CreateReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation UpdateReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation DeleteReason($accountId: ID!, $id: ID!) {\n  deleteStatusReason(accountId: $accountId, id: $id) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}"): (typeof documents)["fragment Reason on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n}\n\nquery Reasons($accountId: ID!, $filter: StatusReasonFilter) {\n  statusReasons(accountId: $accountId, filter: $filter) {\n    nodes {\n      ...Reason\n    }\n    revision\n    totalCount\n  }\n}\n\nquery ReasonUsages($accountId: ID!) {\n  reasonUsage(accountId: $accountId) {\n    usages {\n      reason {\n        accountId\n        id\n      }\n      agentCount\n      seconds\n    }\n    truncated\n  }\n}\n\nmutation CreateReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation UpdateReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}\n\nmutation DeleteReason($accountId: ID!, $id: ID!) {\n  deleteStatusReason(accountId: $accountId, id: $id) {\n    statusReason {\n      ...Reason\n    }\n    revision\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;