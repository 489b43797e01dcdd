/** The public interface of the emulator, for programs that embed it, such as a client's tests. */
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
