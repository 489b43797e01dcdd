let lastMs = 0;
let lastTime = "";

/** The time of what is written later than it was logged, in epoch milliseconds. */
let loggedAtMs: number | undefined;

/** The time in ISO 8601, as a part of a line; written once for all lines of one millisecond. */
export function isoTime(): string {
  const ms = loggedAtMs ?? Date.now();
  if (ms !== lastMs) {
    lastMs = ms;
    lastTime = `,"time":"${new Date(ms).toISOString()}"`;
  }
  return lastTime;
}

/** @returns what writes the same line later with the time of now */
export function withTimeOfNow(write: () => void): () => void {
  const nowMs = Date.now();
  return () => {
    loggedAtMs = nowMs;
    try {
      write();
    } finally {
      loggedAtMs = undefined;
    }
  };
}
