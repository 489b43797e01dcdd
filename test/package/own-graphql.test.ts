import { readFileSync } from "node:fs";
import { join } from "node:path";

import { graphqlRange } from "../../src/lib/graphql-version.js";
import { createConsumer } from "./support/consumer.js";
import type { Consumer } from "./support/consumer.js";

const root = join(__dirname, "../..");

/** A program with a schema of its own by TypeGraphQL, which runs a query on it and one on the gateway. */
const program = `
  import "reflect-metadata";
  import { graphql, version } from "graphql";
  import { Authorized, Query, Resolver, buildSchema } from "type-graphql";
  import { createGateway } from "status-reason-gateway";

  class Own { statusReasons() { return "own"; } }
  Query(() => String)(Own.prototype, "statusReasons", Object.getOwnPropertyDescriptor(Own.prototype, "statusReasons"));
  Authorized()(Own.prototype, "statusReasons");
  Resolver()(Own);
  const build = () => buildSchema({ resolvers: [Own], authChecker: () => true, validate: false });
  const ask = async () => (await graphql({ schema: await build(), source: "{ statusReasons }" })).data.statusReasons;

  const before = await ask();
  const gateway = await createGateway({ PORT: 0, LOG_LEVEL: "silent", QUERY_MAX_TOKENS: 50 });
  const { accountId, token } = gateway.emulated;
  const post = async (query) => {
    const headers = { "content-type": "application/json", authorization: "Bearer " + token };
    return (await fetch(gateway.url, { method: "POST", headers, body: JSON.stringify({ query }) })).json();
  };
  const { data } = await post('{ statusReasons(accountId: "' + accountId + '") { totalCount } }');
  const { errors } = await post("{ " + "__typename ".repeat(60) + "}");
  await gateway.stop();
  console.log(JSON.stringify({ version, before, after: await ask(), data, refused: errors[0].message }));
`;

/** What a program prints that only starts a gateway. */
const starting = `
  import { createGateway } from "status-reason-gateway";
  await createGateway({ PORT: 0 }).catch((error) => console.log(error.message));
`;

describe("the package in a program that has a graphql of its own", () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await createConsumer(["graphql@16.12.0", "type-graphql@2.0.0-rc.3"]);
  });
  afterAll(() => consumer.remove());

  const runModule = (script: string): Promise<string> =>
    consumer.run(process.execPath, ["--input-type=module", "--eval", script]);

  it("says in its manifest which versions it runs with", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
      peerDependencies: Record<string, string>;
    };
    expect(manifest.peerDependencies).toEqual({ graphql: graphqlRange });
    expect(manifest.dependencies).not.toHaveProperty("graphql");
  });

  it("runs with the lowest of them, beside the program's TypeGraphQL and its guards", async () => {
    expect(JSON.parse(await runModule(program))).toEqual({
      version: "16.12.0",
      before: "own",
      after: "own",
      data: { statusReasons: { totalCount: expect.any(Number) as number } },
      refused: expect.stringContaining("50 tokens") as string,
    });
  });

  it.each(["16.11.0", "17.0.2"])("says which it needs where graphql %s was forced on it", async (other) => {
    const quiet = ["--no-save", "--prefer-offline", "--no-audit", "--no-fund"];
    await consumer.run("npm", ["install", ...quiet, "--legacy-peer-deps", `graphql@${other}`]);
    expect(await runModule(starting)).toBe(
      `status-reason-gateway needs graphql ${graphqlRange}, and this program has graphql ${other}.\n`,
    );
  });
});
