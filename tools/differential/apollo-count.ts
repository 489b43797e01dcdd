import { ApolloServer } from "@apollo/server";

/** Counts the requests that reach Apollo. The fast path handles all others. */
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
