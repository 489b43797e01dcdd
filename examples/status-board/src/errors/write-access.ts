import { createContext } from "react";

interface WriteAccess {
  /** Whether a write may succeed, as far as it is known. */
  readonly canWrite: boolean;
  /** Called when the token's rights have been refused for a write. */
  readonly onRefused: () => void;
}

/**
 * Whether the token may write. No API tells that beforehand: a token counts as read-only once a write has been FORBIDDEN,
 * and then no control that writes is shown.
 */
export const WriteAccessContext = createContext<WriteAccess>({ canWrite: true, onRefused: () => undefined });
