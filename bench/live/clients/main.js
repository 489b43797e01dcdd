/** The load, in a process of its own. */
import { answerQuestions } from "../../process/worker.js";
import { Arrivals } from "./arrivals.js";
import { openPollers } from "./pollers.js";
import { openSubscribers } from "./subscribers.js";
import { writeAndListen } from "./writes.js";

/** @import { Audience } from "../audience.js" */

const arrivals = new Arrivals();
/** @type {() => Promise<unknown>} */
let close = () => Promise.resolve();

answerQuestions({
  open: async (/** @type {{ origin: string, audience: Audience }} */ { origin, audience }) => {
    const open = audience.kind === "subscriptions" ? openSubscribers : openPollers;
    close = await open(origin, audience, arrivals);
  },
  next: () => arrivals.next(),
  reset: () => arrivals.reset(),
  sample: (/** @type {readonly number[]} */ changedAtMs) => arrivals.sample(changedAtMs),
  close: () => close().then(() => undefined),
  writes: writeAndListen,
});
