/** What programs that embed the emulator, such as a client's tests, may count on. */
export { startEmulator } from "./emulator.js";
export type { Emulator, EmulatorOptions } from "./emulator.js";
export {
  emulatorAccountId,
  emulatorAgentCount,
  emulatorAgentIds,
  emulatorApiKeys,
  emulatorClients,
  emulatorEmptyAccountId,
  emulatorGroups,
  emulatorReasonIds,
  emulatorRevisions,
  emulatorSecondAccountId,
  emulatorSkills,
  emulatorTokens,
  emulatorUsers,
} from "./seed/index.js";
