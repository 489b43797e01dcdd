import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { buildASTSchema, buildSchema, parse } from "graphql";

import { post } from "../support/gateway.js";
import { killProcesses, startCommand } from "../support/process.js";
import { createConsumer } from "./support/consumer.js";
import type { Consumer } from "./support/consumer.js";

const root = join(__dirname, "../..");
const bin = "node_modules/.bin/status-reason-gateway";

describe("the package, installed elsewhere", () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await createConsumer();
  });
  afterEach(killProcesses);
  afterAll(() => consumer.remove());

  const runModule = (script: string): Promise<string> =>
    consumer.run(process.execPath, ["--input-type=module", "--eval", script]);
  /** What an export's file says. */
  const read = async (path: string): Promise<string> => {
    const script = `process.stdout.write(import.meta.resolve("status-reason-gateway/${path}"))`;
    return readFileSync(new URL(await runModule(script)), "utf8");
  };

  it("holds what others need, and nothing else", () => {
    const folder = join(consumer.folder, "node_modules/status-reason-gateway");
    const shipped = [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "bundle",
      "dist",
      "docs",
      "package.json",
      "schema",
    ];
    expect(readdirSync(folder).sort()).toEqual(shipped);
    const files = readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" });
    const maps = files.filter((file) => file.endsWith(".map"));
    expect(maps).toContain("main.js.map");
    for (const map of maps) {
      const text = readFileSync(join(folder, "dist", map), "utf8");
      expect(JSON.parse(text)).toMatchObject({ sourcesContent: [expect.any(String)] });
    }
  });

  it("is what publint asks of a package", async () => {
    const publint = join(root, "node_modules/publint/src/cli.js");
    await consumer.run(process.execPath, [publint, "run", consumer.tarball, "--strict"]);
  });

  it("exports the schema and the operations, and not its insides", async () => {
    const schema = parse(await read("schema.graphql"));
    expect(buildASTSchema(schema, { assumeValidSDL: true }).getType("StatusReason")).toBeDefined();
    expect(buildSchema(await read("api.graphql")).getType("StatusReason")).toBeDefined();
    expect(parse(await read("operations/status-reasons.graphql")).definitions).not.toHaveLength(0);
    expect(JSON.parse(await read("operations.manifest.json"))).toMatchObject({ version: 1 });
    await expect(read("dist/main.js")).rejects.toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  describe("its command", () => {
    it("says its version, and helps", async () => {
      const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
      expect(await consumer.run(bin, ["--version"])).toBe(`${version}\n`);
      expect(await consumer.run(bin, ["--help"])).toContain("--print-config");
    });

    it("prints the configuration, secrets masked", async () => {
      const secrets = { LP_CLIENT_SECRET: "hush-secret", GATEWAY_API_KEYS: "hush-key-of-sixteen" };
      const env = { CREDENTIALS: "oauth2", LP_CLIENT_ID: "client", PORT: "8080", ...secrets };
      const printed = await consumer.run(bin, ["--print-config"], env);
      expect(printed).not.toContain("hush");
      expect(JSON.parse(printed)).toMatchObject({
        PORT: { value: 8080 },
        LP_CLIENT_SECRET: { value: "***" },
      });
    });

    it("prints the schema", async () => {
      expect(await consumer.run(bin, ["schema"])).toBe(await read("schema.graphql"));
    });

    it("serves GraphQL and GraphiQL, and stops on SIGTERM", async () => {
      const gateway = startCommand(bin, [], consumer.folder, { PORT: "0" });
      const [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
      const query = `{ statusReasons(accountId: "12345678") { totalCount } }`;
      const { data, errors } = await post(url, JSON.stringify({ query }));
      expect(errors).toEqual([]);
      expect(data).toMatchObject({ statusReasons: { totalCount: expect.any(Number) as number } });
      for (const path of ["/graphiql", "/graphiql/react.js", "/graphiql/graphiql.js"]) {
        const { status } = await fetch(new URL(path, url), { headers: { connection: "close" } });
        expect([path, status]).toEqual([path, 200]);
      }
      gateway.signal("SIGTERM");
      expect(await gateway.exited).toBe(0);
      expect(gateway.output.stderr).toBe("");
    });
  });

  describe("embedded, as in examples/embedding", () => {
    const tsc = "node_modules/.bin/tsc";

    it("type-checks, declarations included, and answers a typed operation", async () => {
      await consumer.run(tsc, []);
      const printed = await consumer.run(process.execPath, ["build/main.js"], { LOG_LEVEL: "silent" });
      expect(printed).toContain("725987312 Lunch\n");
    });

    it("type-checks for a bundler too", async () => {
      await consumer.run(tsc, ["--noEmit", "--module", "esnext", "--moduleResolution", "bundler"]);
    });

    it("leaves nothing running where it cannot start", async () => {
      const script = `
        import { createGateway } from "status-reason-gateway";
        import { startEmulator } from "status-reason-gateway/emulator";
        const occupant = await startEmulator();
        const PORT = new URL(occupant.origin).port;
        await createGateway({ PORT, LOG_LEVEL: "silent" }).catch((error) => console.log(error.code));
        await occupant.stop();
      `;
      expect(await runModule(script)).toBe("EADDRINUSE\n");
    });
  });
});
