import { Connections } from "../load/connections.js";

/** A GraphQL caller that takes no errors. */
export class Client {
  answers = 0;

  /**
   * @param {string} origin
   * @param {number} connections
   * @param {string} token
   */
  constructor(origin, connections, token) {
    this.connections = new Connections(origin, connections);
    this.authorization = `Bearer ${token}`;
  }

  /**
   * @param {string} query
   * @param {Record<string, unknown>} [variables]
   * @returns {Promise<any>} the answer's data
   */
  async ask(query, variables = {}) {
    const body = JSON.stringify({ query, variables });
    const answer = await this.connections.send(
      { method: "POST", path: "/graphql", body },
      this.authorization,
    );
    const { data, errors } = JSON.parse(answer.body.toString());
    if (errors !== undefined) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    this.answers += 1;
    return data;
  }

  close() {
    return this.connections.close();
  }
}
