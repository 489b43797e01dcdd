import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorEmptyAccountId,
  emulatorReasonIds,
} from "../../src/emulator/seed/seed.js";

const { lunch } = emulatorReasonIds;
const ids = Object.values(emulatorAgentIds).flat();

/** Root fields with arguments that the emulator has data for. */
export const seededCalls = {
  statusReasons: [
    `statusReasons(accountId: "${accountId}")`,
    `statusReasons(accountId: "${emulatorEmptyAccountId}", includeDeleted: true)`,
  ],
  statusReason: [`statusReason(accountId: "${accountId}", id: "${lunch}")`],
  agent: [`agent(accountId: "${accountId}", id: "${String(ids[0])}")`],
  agents: [`agents(accountId: "${accountId}", ids: ${JSON.stringify(ids.slice(0, 3))})`],
  liveAgents: [
    `liveAgents(accountId: "${accountId}", limit: 3)`,
    `liveAgents(accountId: "${accountId}", orderBy: { by: NAME }, limit: 3)`,
  ],
  liveSummary: [`liveSummary(accountId: "${accountId}")`],
  reasonUsage: [`reasonUsage(accountId: "${accountId}", last: "PT8H")`],
};
