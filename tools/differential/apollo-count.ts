import { ApolloServer } from "@apollo/server";

/** Counts the requests that Apollo is given: what it is not given was answered by the fast path. */
export class ApolloCount {
  count = 0;
  readonly #original = Object.getOwnPropertyDescriptor(ApolloServer.prototype, "executeHTTPGraphQLRequest");

  constructor() {
    const { value: execute } = this.#original as { value: (...args: unknown[]) => unknown };
    const count = (): void => {
      this.count += 1;
    };
    Object.defineProperty(ApolloServer.prototype, "executeHTTPGraphQLRequest", {
      ...this.#original,
      value(this: unknown, ...args: unknown[]) {
        count();
        return execute.apply(this, args);
      },
    });
  }

  close(): void {
    Object.defineProperty(ApolloServer.prototype, "executeHTTPGraphQLRequest", this.#original ?? {});
  }
}
