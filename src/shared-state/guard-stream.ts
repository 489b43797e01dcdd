import type { Socket } from "node:net";
import { isNativeError } from "node:util/types";

import { RespScanner } from "./resp-scanner.js";
import type { RespMessage } from "./resp-scanner.js";

/** Commands that a connection cannot do without: it is given up where the server refuses one. */
const essential = ["HELLO", "SELECT", "SUBSCRIBE"];

/** The types of replies that the client itself reads. */
const repliesOf: Readonly<Record<string, string>> = { HELLO: "%", INFO: "$=", SUBSCRIBE: ">" };
const anyButPush = "*~%$=+:(,#_";

/** A command that waits for a reply. */
interface Command {
  readonly name: string;
  /** The start of its first argument. */
  readonly word: string;
}

/**
 * Destroys a stream that has something to read which the client cannot cope with, before the client reads it. The client keeps
 * whatever a length announces, and throws where nobody can catch it, on a reply that nobody waits for or that is of another kind.
 */
export function guardStream(stream: Socket): void {
  const waiting: Command[] = [];
  const sent = new RespScanner(({ words: [name = "", word = ""] }) => {
    waiting.push({ name: name.toUpperCase(), word });
  });
  const received = new RespScanner((message) => {
    checkMessage(message, waiting);
  });
  const push = stream.push.bind(stream);
  stream.push = (chunk: Buffer | null, encoding) => {
    try {
      if (chunk !== null) received.write(chunk);
    } catch (error) {
      stream.destroy(isNativeError(error) ? error : new Error("not the protocol"));
      return false;
    }
    return push(chunk, encoding);
  };
  const write = stream.write.bind(stream) as (...words: readonly unknown[]) => boolean;
  stream.write = (chunk: Uint8Array | string, ...rest: readonly unknown[]) => {
    sent.write(Buffer.from(chunk));
    return write(chunk, ...rest);
  };
}

/** @throws Error for a message that cannot be, or says that the connection is of no use */
function checkMessage({ type, words, elements, isFlat }: RespMessage, waiting: Command[]): void {
  const [first = "", second] = words;
  if (type === ">") {
    if (!isFlat || elements !== 3) throw new Error("a message of a channel has another form");
    if (first === "message") return;
  }
  const command = waiting.shift();
  if (command === undefined) throw new Error("a reply that nobody waits for");
  if (type === "-" || type === "!") {
    if (essential.includes(command.name)) throw new Error(first);
    return;
  }
  const types = repliesOf[command.name] ?? anyButPush;
  if (!types.includes(type) || (type === ">" && second !== command.word)) {
    throw new Error("a reply that does not fit its command");
  }
}
