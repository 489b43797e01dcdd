import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { createClientConsumer } from "./support/consumer.js";
import type { Consumer } from "./support/consumer.js";

const root = join(__dirname, "../..");
const tools = join(root, "node_modules");
const name = "status-reason-gateway-client";
const subpaths = ["", "/apollo", "/urql", "/graphcache", "/relay", "/live"];

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Dependencies, in the versions that a package of this repository has pinned. */
function pinned(folder: string, ...names: readonly string[]): string[] {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };
  return names.map((dependency) => `${dependency}@${versions[dependency] ?? "missing"}`);
}

const urqlPackages = ["core", "exchange-auth", "exchange-retry", "exchange-graphcache"];
const own = [
  ...pinned("", "@apollo/client", "rxjs", "graphql", "graphql-ws", "wonka"),
  ...pinned("", ...urqlPackages.map((part) => `@urql/${part}`)),
  ...pinned("examples/status-board", "vite"),
  "@arethetypeswrong/core@0.18.5",
];

/** A front end's module that uses every entry, typed. */
const program = `
  import { ApolloClient, InMemoryCache } from "@apollo/client";
  import { Client, cacheExchange } from "@urql/core";
  import { LiveAgentsDocument, Session, failuresOf, hasCode } from "${name}";
  import type { AgentState, LiveAgentsQueryVariables } from "${name}";
  import { createGatewayLink, typePolicies } from "${name}/apollo";
  import { keys } from "${name}/graphcache";
  import { createLiveClient } from "${name}/live";
  import { getDataID } from "${name}/relay";
  import { createGatewayExchanges } from "${name}/urql";

  const url = "http://127.0.0.1:4000/graphql";
  const session = new Session("token", () => Promise.resolve("token"));
  const live = createLiveClient(url, session, { webSocketImpl: class {} });
  const apollo = new ApolloClient({
    cache: new InMemoryCache({ typePolicies }),
    link: createGatewayLink(url, session, { live }),
  });
  const urql = new Client({ url, exchanges: [cacheExchange, ...createGatewayExchanges(session, { live })] });
  const variables: LiveAgentsQueryVariables = { accountId: "1" };
  export async function states(): Promise<(AgentState | undefined)[]> {
    const { data } = await apollo.query({ query: LiveAgentsDocument, variables });
    const other = await urql.query(LiveAgentsDocument, variables).toPromise();
    const [failure] = failuresOf(other.error);
    if (failure && hasCode(failure, "CONFLICT")) return [failure.conflict.current?.state];
    return data?.liveAgents.nodes.map(({ status }) => status?.state) ?? [];
  }
  // @ts-expect-error: there is no such variable
  export const wrong: LiveAgentsQueryVariables = { account: "1" };
  export const used = [keys, getDataID];
`;

const files = {
  "package.json": JSON.stringify({ private: true, type: "module" }),
  "program.mts": program,
  "program.cts": program,
  "page.js": `
    import { failuresOf, LiveSummaryDocument } from "${name}";
    document.title = failuresOf(LiveSummaryDocument).length + LiveSummaryDocument.kind;
  `,
  "vite.config.js": `export default { build: { minify: false, lib: { entry: "page.js", formats: ["es"] } } };`,
  "jest/package.json": JSON.stringify({ type: "commonjs", jest: { testEnvironment: "node" } }),
  "jest/client.test.js": `
    const client = require("${name}");
    const { createGatewayLink } = require("${name}/apollo");
    test("works in Jest", () => {
      const session = new client.Session("token", async () => "token");
      expect(createGatewayLink("http://127.0.0.1/graphql", session).request).toBeInstanceOf(Function);
      expect(client.failuresOf({ errors: [{ message: "", extensions: { code: "FORBIDDEN" } }] })).toHaveLength(1);
    });
  `,
  "attw.js": `
    import { readFileSync } from "node:fs";
    import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
    const archive = createPackageFromTarballData(readFileSync(process.argv[2]));
    // Text, and no module.
    const { problems } = await checkPackage(archive, {
      excludeEntrypoints: ["./schema.graphql", "./operations.manifest.json"],
    });
    // Node 10 knows no exports: only the main entry is for it.
    const ofNode10 = ({ kind, resolutionKind }) => kind === "NoResolution" && resolutionKind === "node10";
    console.log(JSON.stringify(problems.filter((problem) => !ofNode10(problem))));
  `,
};

describe("the client package, installed elsewhere", () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await createClientConsumer(own, files);
  });
  afterAll(() => consumer.remove());

  const node = (...args: string[]): Promise<string> => consumer.run(process.execPath, args);
  const tsc = (...options: string[]): Promise<string> =>
    node(join(tools, "typescript/bin/tsc"), "--noEmit", "--strict", "--target", "es2022", ...options);
  const described = `import("${name}/package.json", { with: { type: "json" } })`;

  it("is small, and holds what others need and nothing else", async () => {
    expect(statSync(consumer.tarball).size).toBeLessThan(50_000);
    const folder = join(consumer.folder, "node_modules", name);
    expect(readdirSync(folder).sort()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
    const shipped = ["cjs", "esm", "operations", "operations.manifest.json", "schema.graphql"];
    expect(readdirSync(join(folder, "dist")).sort()).toEqual(shipped);
    expect(
      await node(
        "--input-type=module",
        "--eval",
        `${described}.then(({ default: d }) => console.log(d.name))`,
      ),
    ).toBe(`${name}\n`);
  });

  it("is what publint and Are the Types Wrong ask of a package", async () => {
    await node(join(tools, "publint/src/cli.js"), "run", consumer.tarball, "--strict");
    expect(JSON.parse(await node("attw.js", consumer.tarball))).toEqual([]);
  });

  it("is imported as ES modules, and required as CommonJS, with the same exports", async () => {
    const list = JSON.stringify(subpaths);
    const names = `JSON.stringify(all.map((module) => Object.keys(module).filter((key) => !/^(default|module.exports|__esModule)$/.test(key)).sort()))`;
    const imported = await node(
      "--input-type=module",
      "--eval",
      `const all = await Promise.all(${list}.map((path) => import("${name}" + path))); console.log(${names})`,
    );
    const required = await node(
      "--input-type=commonjs",
      "--eval",
      `const all = ${list}.map((path) => require("${name}" + path)); console.log(${names})`,
    );
    expect(JSON.parse(required)).toEqual(JSON.parse(imported));
    expect(imported).toContain("LiveAgentsDocument");
  });

  it.each([
    ["node16, as an ES module and as CommonJS", ["--module", "node16", "program.mts", "program.cts"]],
    ["bundler", ["--module", "esnext", "--moduleResolution", "bundler", "program.mts"]],
  ])("type-checks for %s", async (_resolution, options) => {
    await tsc("--skipLibCheck", "--lib", "es2022,dom", ...options);
  });

  it("is bundled by Vite without the operations that a page does not use", async () => {
    await node("node_modules/vite/bin/vite.js", "build", "--logLevel", "error");
    const [bundle = ""] = readdirSync(join(consumer.folder, "dist"));
    const code = readFileSync(join(consumer.folder, "dist", bundle), "utf8");
    expect(code).toContain("LiveSummary");
    expect(code).not.toContain("DeleteStatusReasons");
  });

  it("is required by Jest", async () => {
    await node(join(tools, "jest/bin/jest.js"), "--rootDir", "jest", "--silent", "--no-watchman");
  });
});
