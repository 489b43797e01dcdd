import { createContext } from "react";

import type { LiveConnection } from "../connection/live-connection.js";

const never = (): never => {
  throw new Error("There is no live connection outside a board.");
};

/** The state of the board's live connection. */
export const LiveContext = createContext<Pick<LiveConnection, "subscribe" | "state">>({
  subscribe: never,
  state: never,
});
