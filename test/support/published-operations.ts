import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { Kind, parse } from "graphql";
import type { DocumentNode, OperationTypeNode } from "graphql";

import { emulatorAgentIds, emulatorReasonIds } from "../../src/emulator/seed/seed.js";
import * as documents from "../../src/generated/operations.js";

const folder = join(__dirname, "../../schema/operations");

/** All documents of `schema/operations` in one. */
export const publishedSource = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), "utf8"))
  .join("\n");

export const publishedOperations = parse(publishedSource).definitions.filter(
  (node) => node.kind === Kind.OPERATION_DEFINITION,
);

/** The names of the published queries, or mutations. */
export function namesOf(kind: OperationTypeNode): string[] {
  const named = publishedOperations.filter(({ operation }) => operation === kind);
  return named.map(({ name }) => name?.value ?? "");
}

/** The typed document of an operation. */
export function documentOf(name: string): DocumentNode {
  return documents[`${name}Document` as keyof typeof documents];
}

const id = emulatorReasonIds.lunch;
const input = { text: "Brunch" };
const agent = emulatorAgentIds.atLunch;

/** What each published operation is run with, beside the account. */
export const variablesOf: Readonly<Record<string, object>> = {
  Agent: { id: agent },
  AgentStatusChanges: { id: agent },
  AgentReasons: { ids: [agent] },
  AgentStatusTimes: { ids: [agent] },
  ApplyStatusReasons: { input: { reasons: [input] } },
  AgentTimes: { ids: [agent] },
  CreateStatusReason: { input },
  CreateStatusReasons: { input: { items: [input, { text: "Siesta" }] } },
  DeleteStatusReason: { id },
  DeleteStatusReasons: { input: { ids: [id] } },
  LiveAgents: { filter: { states: ["AWAY"] }, orderBy: { by: "REASON_TIME", direction: "DESC" } },
  LiveSummary: { filter: { states: ["AWAY", "BACK_SOON"] } },
  ReasonUsageReport: {},
  SetStatusReasonEnabled: { id, enabled: false },
  StatusReason: { id },
  StatusReasonAgents: { id },
  StatusReasonUsage: {},
  StatusReasons: {},
  UpdateStatusReason: { id, input },
  UpdateStatusReasons: { input: { items: [{ id, ...input }] } },
};
