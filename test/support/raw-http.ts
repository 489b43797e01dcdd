import { connect } from "node:net";

/**
 * Sends bytes over a connection of their own, with no HTTP client in between to make them right.
 *
 * @returns everything that came until the gateway closed the connection
 */
export function sendRaw(origin: string, bytes: Uint8Array | string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.once("close", () => {
      resolve(text);
    });
    // A reset ends the connection too; "close" follows.
    socket.on("error", () => undefined);
  });
}

/** A connection that a test keeps open. */
export interface RawConnection {
  /** Everything that came so far. */
  readonly received: () => string;
  /** Resolves once `bytes` are with the system. */
  readonly write: (bytes: Uint8Array | string) => Promise<void>;
  /** Resolves once what came matches. */
  readonly untilReceived: (pattern: RegExp) => Promise<void>;
  readonly closed: Promise<void>;
  readonly destroy: () => void;
  /** Reads nothing more. */
  readonly pause: () => void;
}

/** Connects, and sends nothing by itself. */
export async function openRaw(origin: string): Promise<RawConnection> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1"))).on("error", () => undefined);
  const closed = new Promise<void>((resolve) =>
    socket.once("close", () => {
      resolve();
    }),
  );
  await new Promise((resolve) => socket.once("connect", resolve));
  return {
    closed,
    received: () => text,
    write: (bytes) =>
      new Promise((resolve) =>
        socket.write(bytes, () => {
          resolve();
        }),
      ),
    untilReceived: async (pattern) => {
      while (!pattern.test(text)) await new Promise((resolve) => socket.once("data", resolve));
    },
    destroy: () => socket.destroy(),
    pause: () => socket.pause(),
  };
}
