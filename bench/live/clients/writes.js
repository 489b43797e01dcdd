import { setTimeout as pause } from "node:timers/promises";

import { Client } from "../../soak/client.js";
import { createReason } from "../../soak/writes.js";
import { nowMs } from "../../process/clock.js";
import { quantile } from "../../stats.js";
import { Socket } from "./socket.js";

const subscription = `subscription Reasons($accountId: ID!) {
  statusReasonsChanged(accountId: $accountId) { revision changed { id text } }
}`;

/** Between two writes, so that each has a poll of its own. */
const gapMs = 400;

/**
 * Creates reasons, one after the other, before subscribers of their account.
 *
 * @param {{ origin: string, accountId: string, token: string, subscribers: number, writes: number }} setting
 * @returns {Promise<{ p50Ms: number, p99Ms: number }>} from the sending of a write to its event
 */
export async function writeAndListen({ origin, accountId, token, subscribers, writes }) {
  /** @type {number[]} */
  const delaysMs = [];
  /** @type {Map<string, { sentMs: number, left: number, done: () => void }>} */
  const written = new Map();
  const onData = (/** @type {any} */ { statusReasonsChanged }) => {
    for (const { text } of statusReasonsChanged.changed) {
      const write = written.get(text);
      if (write === undefined) continue;
      delaysMs.push(nowMs() - write.sentMs);
      write.left -= 1;
      if (write.left === 0) write.done();
    }
  };
  const sockets = await Promise.all(Array.from({ length: subscribers }, () => Socket.open(origin, token)));
  await Promise.all(sockets.map((socket) => socket.subscribe(subscription, { accountId }, onData)));
  const client = new Client(origin, 1, token);
  for (let index = 0; index < writes; index += 1) {
    const text = `Written ${index}`;
    const seen = new Promise((resolve) => {
      written.set(text, { sentMs: nowMs(), left: subscribers, done: () => resolve(undefined) });
    });
    await createReason(client, accountId, text);
    await seen;
    await pause(gapMs);
  }
  await client.close();
  await Promise.all(sockets.map((socket) => socket.close()));
  return { p50Ms: quantile(delaysMs, 0.5), p99Ms: quantile(delaysMs, 0.99) };
}
