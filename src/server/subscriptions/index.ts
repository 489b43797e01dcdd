export { acceptedFormat } from "./accepted-format.js";
export type { HttpStreams } from "./http-streams.js";
export type { OpenStreams } from "./open-streams.js";
export type { StreamTimes } from "./stream-times.js";
export { createSubscriptions } from "./subscriptions.js";
