/** What programs that embed the emulator, such as a client's tests, may count on. */
export { startEmulator } from "./emulator.js";
export type { Emulator, EmulatorOptions } from "./emulator.js";
export * from "./seed/seed.js";
