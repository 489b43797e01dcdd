/** Stops cleanly on the first SIGTERM or SIGINT, and at once on the second. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const handle = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    await stop();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void handle());
}
