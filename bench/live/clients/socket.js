import { once } from "node:events";

import { WebSocket } from "ws";

/**
 * A subscription's handler of the `data` of its events.
 *
 * @typedef {(data: any) => void} OnData
 */

/** A WebSocket that speaks `graphql-transport-ws`, with as little work as possible. */
export class Socket {
  /** @type {OnData[]} */
  #handlers = [];
  /** @type {(() => void) | undefined} */
  #acknowledge;

  /**
   * @param {WebSocket} socket
   * @param {(bytes: number) => void} onBytes
   */
  constructor(socket, onBytes) {
    this.socket = socket;
    socket.on("message", (/** @type {Buffer} */ bytes) => {
      onBytes(bytes.length);
      this.#receive(JSON.parse(bytes.toString()));
    });
    socket.on("close", (code, reason) => {
      if (code !== 1000) throw new Error(`the gateway closed a socket: ${code} ${reason.toString()}`);
    });
  }

  /**
   * @param {string} origin
   * @param {string} token
   * @param {(bytes: number) => void} [onBytes]
   */
  static async open(origin, token, onBytes = () => undefined) {
    const webSocket = new WebSocket(`${origin.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
      perMessageDeflate: false,
    });
    await once(webSocket, "open");
    const socket = new Socket(webSocket, onBytes);
    const acknowledged = new Promise((resolve) => {
      socket.#acknowledge = () => resolve(undefined);
    });
    socket.#send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
    await acknowledged;
    return socket;
  }

  /**
   * Resolves with the first event, which is also handled.
   *
   * @param {string} query
   * @param {Readonly<Record<string, unknown>>} variables
   * @param {OnData} onData
   */
  subscribe(query, variables, onData) {
    return new Promise((resolve) => {
      const id = String(this.#handlers.length);
      this.#handlers.push((data) => {
        onData(data);
        resolve(undefined);
      });
      this.#send({ id, type: "subscribe", payload: { query, variables } });
    });
  }

  async close() {
    this.socket.close(1000);
    await once(this.socket, "close");
  }

  /** @param {{ type: string, id?: string, payload?: any }} message */
  #receive({ type, id, payload }) {
    if (type === "ping") return this.#send({ type: "pong" });
    if (type === "connection_ack") return this.#acknowledge?.();
    if (type !== "next" || payload.errors !== undefined) {
      throw new Error(`not an event: ${type} ${JSON.stringify(payload)}`);
    }
    this.#handlers[Number(id)](payload.data);
  }

  /** @param {object} message */
  #send(message) {
    this.socket.send(JSON.stringify(message));
  }
}
