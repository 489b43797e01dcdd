import type { FastifyReply, FastifyRequest } from "fastify";

import type { Fault, Faults } from "./faults.js";

/**
 * What a fault does to a request before it is processed. Faults answer on the raw response, past Fastify, so
 * that not one header of theirs is added or changed.
 */
export async function injectBefore(
  fault: Fault,
  faults: Faults,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (fault.reset === "early") request.raw.socket.resetAndDestroy();
  if (fault.latencyMs !== undefined) await faults.hold(fault.latencyMs);
  if (fault.status !== undefined) {
    reply.hijack();
    reply.raw.writeHead(fault.status, fault.headers).end(fault.body);
  } else if (fault.reset === "before") {
    reply.hijack();
    request.raw.socket.resetAndDestroy();
  } else if (fault.hang === true) {
    reply.hijack();
    await faults.hold();
    request.raw.socket.destroy();
  }
}

/**
 * What a fault does to the answer of a request that was processed.
 *
 * @returns Whether it took the answer over, which is then not to be sent.
 */
export function injectAfter(fault: Fault, reply: FastifyReply, payload: unknown): boolean {
  const takesOver = fault.reset === "after" || fault.reset === "early" || fault.truncate === true;
  if (takesOver) {
    reply.hijack();
    if (fault.truncate === true && typeof payload === "string" && payload !== "") truncate(reply, payload);
    else reply.raw.socket?.resetAndDestroy();
  }
  return takesOver;
}

function truncate(reply: FastifyReply, payload: string): void {
  const body = Buffer.from(payload);
  const { raw } = reply;
  raw.statusCode = reply.statusCode;
  for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? "");
  raw.setHeader("content-length", body.byteLength);
  raw.write(body.subarray(0, body.byteLength / 2), () => raw.socket?.destroy());
}
