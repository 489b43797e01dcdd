import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { OperationTypeNode, buildSchema, parse, print, specifiedRules, validate } from "graphql";

import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorReasonIds,
} from "../src/emulator/seed/seed.js";
import * as documents from "../src/generated/operations.js";
import { errorOf, useTestGateway } from "./support/gateway.js";
import { ownCredentials } from "./support/own-credentials.js";
import {
  documentOf,
  namesOf,
  publishedOperations,
  publishedSource as source,
  variablesOf,
} from "./support/published-operations.js";

const names = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap(namesOf);
const subscriptions = namesOf(OperationTypeNode.SUBSCRIPTION);

const id = emulatorReasonIds.lunch;
const input = { text: "Brunch" };
const agent = emulatorAgentIds.atLunch;

/** What each operation fails for, and the code of that which its comment names. */
const failures: readonly (readonly [string, object, string])[] = [
  ["Agent", { id: "x" }, "BAD_USER_INPUT"],
  ["AgentReasons", { ids: ["x"] }, "BAD_USER_INPUT"],
  ["AgentStatusChanges", { id: agent, first: 0 }, "BAD_USER_INPUT"],
  ["AgentStatusChanges", { id: agent, after: "x" }, "BAD_USER_INPUT"],
  ["AgentStatusTimes", { ids: ["x"] }, "BAD_USER_INPUT"],
  ["AgentTimes", { ids: [agent], last: "P2D" }, "BAD_USER_INPUT"],
  ["ApplyStatusReasons", { input: { reasons: [{ id: "1", ...input }] } }, "BAD_USER_INPUT"],
  ["ApplyStatusReasons", { input: { reasons: [input] }, ifRevision: "1" }, "CONFLICT"],
  ["CreateStatusReason", { input: { text: "<b>" } }, "BAD_USER_INPUT"],
  ["CreateStatusReason", { input: { text: "Lunch" } }, "CONFLICT"],
  ["DeleteStatusReason", { id: "1" }, "NOT_FOUND"],
  ["DeleteStatusReason", { id, ifRevision: "1" }, "CONFLICT"],
  ["DeleteStatusReasons", { input: { ids: [id, id] } }, "BAD_USER_INPUT"],
  ["UpdateStatusReasons", { input: { items: [{ id: "1", ...input }] } }, "BAD_USER_INPUT"],
  ["LiveAgents", { filter: { states: ["UNKNOWN"] } }, "BAD_USER_INPUT"],
  ["LiveAgents", { offset: 1000 }, "BAD_USER_INPUT"],
  ["LiveAgents", { filter: { minSecondsInState: -1 } }, "BAD_USER_INPUT"],
  ["LiveSummary", { filter: { states: ["UNKNOWN"] } }, "BAD_USER_INPUT"],
  ["LiveSummary", { filter: { minSecondsInReason: -1 } }, "BAD_USER_INPUT"],
  ["ReasonUsageReport", { last: "PT1H", from: "2026-11-25T12:00:00Z" }, "BAD_USER_INPUT"],
  ["SetStatusReasonEnabled", { id: "1", enabled: true }, "NOT_FOUND"],
  ["StatusReason", { id: "x" }, "BAD_USER_INPUT"],
  ["StatusReasonAgents", { id, offset: 1000 }, "BAD_USER_INPUT"],
  ["StatusReasons", { filter: { state: "UNKNOWN" } }, "BAD_USER_INPUT"],
  ["UpdateStatusReason", { id: "1", input }, "NOT_FOUND"],
  ["UpdateStatusReason", { id, input: { text: "<b>" } }, "BAD_USER_INPUT"],
  ["UpdateStatusReason", { id, input, ifRevision: "1" }, "CONFLICT"],
];

/** The comment right above an operation. */
function commentOf(operation: string): string {
  const { loc } = publishedOperations.find(({ name }) => name?.value === operation) ?? {};
  const lines = source.slice(0, loc?.start).trimEnd().split("\n");
  return lines.slice(lines.findLastIndex((line) => !line.startsWith("#")) + 1).join("\n");
}

describe("schema/operations", () => {
  const gateway = useTestGateway(ownCredentials.oauth1);

  it("is valid by every rule: no fragment and no variable is there for nothing", () => {
    const schema = buildSchema(readFileSync(join(__dirname, "../schema/api.graphql"), "utf8"));
    expect(validate(schema, parse(source), specifiedRules)).toEqual([]);
  });

  it("is published whole", () => {
    const published = [...names, ...subscriptions].map((name) => `${name}Document`);
    expect(Object.keys(documents)).toEqual(expect.arrayContaining(published));
  });

  it("has a manifest of every operation, whose documents are valid on their own", () => {
    const manifest = JSON.parse(
      readFileSync(join(__dirname, "../schema/operations.manifest.json"), "utf8"),
    ) as {
      operations: { id: string; name: string; type: string; body: string }[];
    };
    const schema = buildSchema(readFileSync(join(__dirname, "../schema/api.graphql"), "utf8"));
    expect(manifest.operations.map(({ name }) => name).sort()).toEqual([...names, ...subscriptions].sort());
    for (const { id, body } of manifest.operations) {
      expect(id).toBe(createHash("sha256").update(body).digest("hex"));
      expect(validate(schema, parse(body), specifiedRules)).toEqual([]);
    }
  });

  const run = (name: string, variables?: object) =>
    gateway.query(print(documentOf(name)), { accountId, ...variables });

  it.each(names)("%s answers whole, for as many upstream calls as its comment says", async (name) => {
    expect((await run(name, variablesOf[name])).errors).toEqual([]);
    const [, calls] = /^# Upstream calls: (\d)[.,][^]*^# Errors: /m.exec(commentOf(name)) ?? [];
    expect(gateway.emulator.journal.requests).toHaveLength(Number(calls));
  });

  it.each(failures)("%s fails for %j with %s, as its comment says", async (name, variables, code) => {
    expect(commentOf(name)).toContain(code);
    expect(errorOf(await run(name, variables)).extensions).toMatchObject({ code });
  });

  it("answers nothing about reasons in use where the agents cannot be had", async () => {
    gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 403 });
    expect((await run("StatusReasonUsage")).data).toBeNull();
  });
});
