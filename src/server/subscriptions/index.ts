export { acceptedFormat } from "./accepted-format.js";
export type { HttpStreams } from "./http-streams.js";
export type { OpenStreams, StreamTimes } from "./open-streams.js";
export { createSubscriptions } from "./subscriptions.js";
