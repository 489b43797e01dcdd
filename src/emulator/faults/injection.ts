import type { FastifyReply, FastifyRequest } from "fastify";

import type { Fault, Faults } from "./faults.js";

/**
 * Applies a fault to a request before it is processed. Writes to the raw response, so that Fastify adds and changes no
 * headers.
 */
export async function injectBefore(
  { fault, faults }: { readonly fault: Fault; readonly faults: Faults },
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
 * Applies a fault to the response of a request that was processed.
 *
 * @returns whether the fault sent or dropped the response, so that Fastify must not send it
 */
export function injectAfter(fault: Fault, reply: FastifyReply, payload: unknown): boolean {
  const replacesResponse = fault.reset === "after" || fault.reset === "early" || fault.truncate === true;
  if (replacesResponse) {
    reply.hijack();
    if (fault.truncate === true && typeof payload === "string" && payload !== "") truncate(reply, payload);
    else reply.raw.socket?.resetAndDestroy();
  }
  return replacesResponse;
}

function truncate(reply: FastifyReply, payload: string): void {
  const body = Buffer.from(payload);
  const { raw } = reply;
  raw.statusCode = reply.statusCode;
  for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? "");
  raw.setHeader("content-length", body.byteLength);
  raw.write(body.subarray(0, body.byteLength / 2), () => raw.socket?.destroy());
}
