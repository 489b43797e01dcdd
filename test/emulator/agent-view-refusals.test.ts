import { emulatorAccountId, emulatorAgentIds as ids, emulatorTokens } from "../../src/emulator/seed/seed.js";

import { startedAt, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const dayMs = 24 * 60 * 60 * 1000;
const time = { from: startedAt - dayMs, to: startedAt };
const path = (query = "", accountId = emulatorAccountId): string =>
  `/manager_workspace/api/account/${accountId}/agent_view${query}`;
const view = (filters: object, query = ""): Promise<EmulatorResponse> =>
  running.call(path(query), { method: "POST", body: { filters: { time, ...filters } } });

test.each<[string, object, number]>([
  ["no window", { time: undefined }, 400],
  ["a window without an end", { time: { from: 1 } }, 400],
  ["a window of words", { time: { from: "1", to: "2" } }, 400],
  ["a window that ends before it begins", { time: { from: startedAt, to: startedAt - 1 } }, 400],
  ["a window over 24 hours", { time: { from: startedAt - dayMs - 1, to: startedAt } }, 400],
  ["a window of 24 hours", {}, 200],
  ["a window of no time", { time: { from: startedAt, to: startedAt } }, 400],
  ["a window of fractions", { time: { from: startedAt - 0.5, to: startedAt } }, 400],
  ["a window of 14 days ago", { time: { from: startedAt - 14 * dayMs, to: startedAt - 13 * dayMs } }, 200],
  ["a window of 15 days ago", { time: { from: startedAt - 15 * dayMs, to: startedAt - 14 * dayMs } }, 400],
  ["each status", { effectiveAgentStatus: ["ONLINE", "OFFLINE", "AWAY", "BACK_SOON"] }, 200],
  ["no status", { effectiveAgentStatus: [] }, 200],
  ["OCCUPIED", { effectiveAgentStatus: ["AWAY", "OCCUPIED"] }, 400],
  ["UNKNOWN", { effectiveAgentStatus: ["UNKNOWN"] }, 400],
  ["a status in the other spelling", { effectiveAgentStatus: ["Back Soon"] }, 400],
  ["each type of user", { userTypes: ["SYSTEM", "HUMAN", "BOT"] }, 200],
  ["a type of user that there is not", { userTypes: ["PERSON"] }, 400],
  ["ids that are no digits", { agentIds: ["ada"] }, 400],
  ["groups below zero", { agentGroupIds: ["-1"] }, 200],
  ["groups that are no numbers", { agentGroupIds: ["Main"] }, 400],
  ["skills that are no numbers", { agentSkillIds: ["French"] }, 400],
  ["ids that are no list", { agentIds: ids.atLunch }, 400],
  ["ids that are no strings", { agentIds: [5] }, 400],
])("answers to %s", async (_what, filters, status) => {
  expect((await view(filters)).status).toBe(status);
});

test.each([
  ["?offset=0&limit=1000", 200],
  ["?offset=950&limit=50", 200],
  ["?offset=1&limit=1000", 400],
  ["?offset=1000", 400],
  ["?limit=0", 400],
  ["?limit=-1", 400],
  ["?offset=x", 400],
  ["?sort=agentName:asc", 200],
  ["?sort=agentLoad:desc", 200],
  ["?sort=agentId", 400],
  ["?sort=agentId:up", 400],
  ["?sort=agentId:asc:desc", 400],
  ["?sort=mood:asc", 400],
])("answers to a page: %s", async (query, status) => {
  expect((await view({}, query)).status).toBe(status);
});

test.each([
  ["no JSON", "{"],
  ["no filters", {}],
  ["metadata that is no boolean", { filters: { time }, includeAgentMetadata: "true" }],
  ["a metric that does not exist", { filters: { time }, metricsToRetrieveCurrentValue: ["agent_mood"] }],
  ["a metric by time that does not exist", { filters: { time }, metricsToRetrieveByTime: ["agent_load"] }],
])("answers to %s", async (_what, body) => {
  expect((await running.call(path(), { method: "POST", body })).status).toBe(400);
});

test.each([
  ["no token", emulatorAccountId, null, 401],
  ["another account's token", emulatorAccountId, emulatorTokens.otherAccount, 403],
  ["an account that does not exist", "99999999", emulatorTokens.admin, 404],
  ["a read-only token", emulatorAccountId, emulatorTokens.readOnly, 200],
])("answers to %s", async (_what, accountId, token, status) => {
  const call = { method: "POST", token, body: { filters: { time } } };
  expect((await running.call(path("", accountId), call)).status).toBe(status);
});
