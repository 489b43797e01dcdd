/**
 * Loaded before each measured program: tells over the IPC channel what its process has used. The program itself
 * knows nothing of it.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
/** @type {() => void} */
const collectGarbage = runInNewContext("gc");

const memory = () => {
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, peak: 1024 * process.resourceUsage().maxRSS, heapUsed, external };
};

/** @type {Readonly<Record<string, () => unknown>>} */
const answers = {
  cpu: () => process.cpuUsage(),
  memory,
  collectedMemory: () => {
    collectGarbage();
    return memory();
  },
};

process.on("message", (/** @type {{ id: number, question: string }} */ { id, question }) => {
  process.send?.({ id, answer: answers[question]() });
});
// The bench is gone: so is who would stop this process.
process.on("disconnect", () => process.exit(1));
// The program ends when it has nothing left to do, whatever the channel does.
process.channel?.unref();
