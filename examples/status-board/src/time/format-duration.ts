/** The units of a duration, in seconds. */
const units = [
  { name: "h", seconds: 3600 },
  { name: "min", seconds: 60 },
  { name: "s", seconds: 1 },
] as const;

/** Formats a duration by its two largest units, rounded down: `1 h 5 min`, `42 s`. Seconds are shown within a minute only. */
export function formatDuration(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  if (rest >= 60) rest -= rest % 60;
  const parts: string[] = [];
  for (const unit of units) {
    const count = Math.floor(rest / unit.seconds);
    if (count > 0) parts.push(`${count} ${unit.name}`);
    rest -= count * unit.seconds;
  }
  return parts.join(" ") || "0 s";
}
