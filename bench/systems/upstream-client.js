import { Pool } from "undici";

/** @import { Call } from "../upstream/calls.js" */

const pool = new Pool(process.env.UPSTREAM ?? "", { connections: 64 });

/**
 * Calls the upstream in the caller's name; the answer as bytes.
 *
 * @param {Call} call
 * @param {string | undefined} authorization
 * @returns {Promise<Buffer>}
 */
export async function callUpstream({ method, path, body: sent }, authorization) {
  const { statusCode, body } = await pool.request({
    method,
    path,
    headers: { authorization, ...(sent === undefined ? {} : { "content-type": "application/json" }) },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`The upstream answered ${statusCode}.`);
  return bytes;
}

/**
 * Calls the upstream in the caller's name; the answer as a value.
 *
 * @param {Call} call
 * @param {string | undefined} authorization
 * @returns {Promise<any>}
 */
export async function fetchJson(call, authorization) {
  return JSON.parse((await callUpstream(call, authorization)).toString());
}
