import { accountAt, newestChange, rosterSubscription } from "../roster.js";
import { Socket } from "./socket.js";

/** @import { Audience } from "../audience.js" */
/** @import { Arrivals } from "./arrivals.js" */

/** So many connect at a time. */
const opening = 32;

/**
 * Subscribes; resolves when each subscriber has had its first event.
 *
 * @param {string} origin
 * @param {Audience} audience
 * @param {Arrivals} arrivals
 * @returns {Promise<() => Promise<unknown>>} ends them
 */
export async function openSubscribers(origin, { clients, accounts, connections }, arrivals) {
  const ofEach = clients / connections;
  /** @type {Socket[]} */
  const sockets = [];
  const open = async (/** @type {number} */ index) => {
    const account = index % accounts;
    const socket = await Socket.open(origin, `token-${account}`, (bytes) => arrivals.addBytes(bytes));
    sockets.push(socket);
    const variables = { accountId: accountAt(account) };
    const subscriptions = Array.from({ length: ofEach }, (_, place) =>
      socket.subscribe(rosterSubscription, variables, ({ agentsChanged }) => {
        arrivals.add(index * ofEach + place, newestChange(agentsChanged.changed));
      }),
    );
    await Promise.all(subscriptions);
  };
  let opened = 0;
  const openNext = async () => {
    while (opened < connections) await open(opened++);
  };
  await Promise.all(Array.from({ length: opening }, openNext));
  return () => Promise.all(sockets.map((socket) => socket.close()));
}
