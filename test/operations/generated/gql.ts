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
    "fragment ReasonFields on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n  deleted\n}\n\nquery StatusReasons($accountId: ID!, $filter: StatusReasonFilter, $includeDeleted: Boolean! = false) {\n  statusReasons(\n    accountId: $accountId\n    filter: $filter\n    includeDeleted: $includeDeleted\n  ) {\n    nodes {\n      ...ReasonFields\n    }\n    revision\n    totalCount\n  }\n}\n\nquery StatusReason($accountId: ID!, $id: ID!, $includeDeleted: Boolean! = false) {\n  statusReason(accountId: $accountId, id: $id, includeDeleted: $includeDeleted) {\n    ...ReasonFields\n  }\n}\n\nmutation CreateStatusReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation CreateStatusReasons($accountId: ID!, $input: CreateStatusReasonsInput!) {\n  createStatusReasons(accountId: $accountId, input: $input) {\n    statusReasons {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation UpdateStatusReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation DeleteStatusReason($accountId: ID!, $id: ID!, $ifRevision: Revision) {\n  deleteStatusReason(accountId: $accountId, id: $id, ifRevision: $ifRevision) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}": typeof types.ReasonFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment ReasonFields on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n  deleted\n}\n\nquery StatusReasons($accountId: ID!, $filter: StatusReasonFilter, $includeDeleted: Boolean! = false) {\n  statusReasons(\n    accountId: $accountId\n    filter: $filter\n    includeDeleted: $includeDeleted\n  ) {\n    nodes {\n      ...ReasonFields\n    }\n    revision\n    totalCount\n  }\n}\n\nquery StatusReason($accountId: ID!, $id: ID!, $includeDeleted: Boolean! = false) {\n  statusReason(accountId: $accountId, id: $id, includeDeleted: $includeDeleted) {\n    ...ReasonFields\n  }\n}\n\nmutation CreateStatusReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation CreateStatusReasons($accountId: ID!, $input: CreateStatusReasonsInput!) {\n  createStatusReasons(accountId: $accountId, input: $input) {\n    statusReasons {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation UpdateStatusReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation DeleteStatusReason($accountId: ID!, $id: ID!, $ifRevision: Revision) {\n  deleteStatusReason(accountId: $accountId, id: $id, ifRevision: $ifRevision) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}": types.ReasonFieldsFragmentDoc,
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
export function graphql(source: "fragment ReasonFields on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n  deleted\n}\n\nquery StatusReasons($accountId: ID!, $filter: StatusReasonFilter, $includeDeleted: Boolean! = false) {\n  statusReasons(\n    accountId: $accountId\n    filter: $filter\n    includeDeleted: $includeDeleted\n  ) {\n    nodes {\n      ...ReasonFields\n    }\n    revision\n    totalCount\n  }\n}\n\nquery StatusReason($accountId: ID!, $id: ID!, $includeDeleted: Boolean! = false) {\n  statusReason(accountId: $accountId, id: $id, includeDeleted: $includeDeleted) {\n    ...ReasonFields\n  }\n}\n\nmutation CreateStatusReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation CreateStatusReasons($accountId: ID!, $input: CreateStatusReasonsInput!) {\n  createStatusReasons(accountId: $accountId, input: $input) {\n    statusReasons {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation UpdateStatusReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation DeleteStatusReason($accountId: ID!, $id: ID!, $ifRevision: Revision) {\n  deleteStatusReason(accountId: $accountId, id: $id, ifRevision: $ifRevision) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}"): (typeof documents)["fragment ReasonFields on StatusReason {\n  accountId\n  id\n  text\n  state\n  enabled\n  deleted\n}\n\nquery StatusReasons($accountId: ID!, $filter: StatusReasonFilter, $includeDeleted: Boolean! = false) {\n  statusReasons(\n    accountId: $accountId\n    filter: $filter\n    includeDeleted: $includeDeleted\n  ) {\n    nodes {\n      ...ReasonFields\n    }\n    revision\n    totalCount\n  }\n}\n\nquery StatusReason($accountId: ID!, $id: ID!, $includeDeleted: Boolean! = false) {\n  statusReason(accountId: $accountId, id: $id, includeDeleted: $includeDeleted) {\n    ...ReasonFields\n  }\n}\n\nmutation CreateStatusReason($accountId: ID!, $input: CreateStatusReasonInput!) {\n  createStatusReason(accountId: $accountId, input: $input) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation CreateStatusReasons($accountId: ID!, $input: CreateStatusReasonsInput!) {\n  createStatusReasons(accountId: $accountId, input: $input) {\n    statusReasons {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation UpdateStatusReason($accountId: ID!, $id: ID!, $input: UpdateStatusReasonInput!, $ifRevision: Revision) {\n  updateStatusReason(\n    accountId: $accountId\n    id: $id\n    input: $input\n    ifRevision: $ifRevision\n  ) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}\n\nmutation DeleteStatusReason($accountId: ID!, $id: ID!, $ifRevision: Revision) {\n  deleteStatusReason(accountId: $accountId, id: $id, ifRevision: $ifRevision) {\n    statusReason {\n      ...ReasonFields\n    }\n    revision\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;