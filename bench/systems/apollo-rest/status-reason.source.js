import { RESTDataSource } from "@apollo/datasource-rest";

import { getReason, listReasons, viewAgents } from "../../upstream/calls.js";
import { agentsFrom, reasonFrom } from "../wire.js";

/** @import { DataSourceConfig } from "@apollo/datasource-rest" */
/** @import { ReasonWire } from "../wire.js" */

/** The API in one caller's name. */
export class StatusReasonSource extends RESTDataSource {
  /** @override */
  baseURL = process.env.UPSTREAM;

  /** @param {DataSourceConfig & { authorization: string | undefined }} config */
  constructor({ authorization, ...config }) {
    super(config);
    this.authorization = authorization;
  }

  /**
   * @override
   * @param {string} _path
   * @param {{ headers: Record<string, string> }} request
   */
  willSendRequest(_path, { headers }) {
    if (this.authorization !== undefined) headers.authorization = this.authorization;
  }

  /** @param {string} accountId */
  async list(accountId) {
    /** @type {ReasonWire[]} */
    const reasons = await this.get(listReasons(accountId).path);
    return reasons.map(reasonFrom);
  }

  /**
   * @param {string} accountId
   * @param {string} id
   */
  async byId(accountId, id) {
    return reasonFrom(await this.get(getReason(accountId, id).path));
  }

  /**
   * @param {string} accountId
   * @param {string[]} ids
   */
  async agents(accountId, ids) {
    const { path, body } = viewAgents(accountId, ids);
    const headers = { "content-type": "application/json" };
    return agentsFrom(accountId, ids, await this.post(path, { body, headers }));
  }
}
