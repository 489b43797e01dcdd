import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Redis } from "ioredis";

import { readConfig } from "../src/config/config.js";
import { SecretFiles } from "../src/config/secret-files.js";
import { startEmulator } from "../src/emulator/emulator.js";
import type { Emulator } from "../src/emulator/emulator.js";
import {
  emulatorAccountId as accountId,
  emulatorApiKeys,
  emulatorClients,
} from "../src/emulator/seed/seed.js";
import { startGateway } from "../src/gateway.js";
import type { Gateway } from "../src/gateway.js";
import { reached } from "./support/copies.js";
import { dataOf, errorOf, post, untilFigure } from "./support/gateway.js";
import { captureLog } from "./support/log-capture.js";
import type { CapturedLog } from "./support/log-capture.js";
import { killProcesses, startProcess } from "./support/process.js";
import { killRedisServers, RedisServer } from "./support/redis.js";

const { admin, readOnly } = emulatorClients;
const [firstKey, secondKey] = ["first-key-of-sixteen", "second-key-of-sixteen"] as const;
const write = `mutation { createStatusReason(accountId: "${accountId}", input: { text: "T" }) { revision } }`;
const read = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;

describe("secrets from files", () => {
  let emulator: Emulator;
  let folder: string;
  let gateway: Gateway | undefined;
  let log: CapturedLog;
  beforeAll(async () => {
    emulator = await startEmulator();
    folder = mkdtempSync(join(tmpdir(), "secrets-"));
  });
  afterEach(async () => {
    await gateway?.stop();
    emulator.reset();
    killProcesses();
  });
  afterAll(async () => {
    await emulator.stop();
    killRedisServers();
    rmSync(folder, { recursive: true });
  });

  /**
   * Replaces a file as a whole.
   *
   * @returns its path
   */
  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
    return path;
  }

  function oauth2Files(key: string, client: { clientId: string; clientSecret: string }) {
    return {
      CREDENTIALS: "oauth2",
      GATEWAY_API_KEYS_FILE: file("keys", key),
      LP_CLIENT_ID_FILE: file("id", client.clientId),
      LP_CLIENT_SECRET_FILE: file("secret", `${client.clientSecret}\n`),
    };
  }

  async function start(settings: Readonly<Record<string, string>>): Promise<Gateway> {
    const env = { PORT: "0", UPSTREAM: emulator.origin, SECRETS_CHECK_MS: "0", ...settings };
    log = captureLog("info");
    const secretFiles = new SecretFiles(env);
    return (gateway = await startGateway(readConfig(env), log.logger, secretFiles));
  }

  const ask = (url: string, query: string, key: string) =>
    post(url, JSON.stringify({ query }), { token: key });

  async function untilLogged(message: string): Promise<Record<string, unknown>> {
    for (;;) {
      const line = log.lines().find(({ msg }) => msg === message);
      if (line !== undefined) return line;
      await new Promise(setImmediate);
    }
  }

  it("are taken when asked to, while the gateway serves", async () => {
    const { url } = await start(oauth2Files(firstKey, readOnly));
    expect(errorOf(await ask(url, write, firstKey)).extensions["code"]).toBe("FORBIDDEN");
    expect(errorOf(await ask(url, read, secondKey)).extensions["code"]).toBe("UNAUTHENTICATED");
    oauth2Files(secondKey, admin);
    gateway?.reloadSecrets();
    dataOf(await ask(url, write, secondKey));
    expect(errorOf(await ask(url, read, firstKey)).extensions["code"]).toBe("UNAUTHENTICATED");
    const line = await untilLogged("secrets reloaded");
    expect(line["changed"]).toEqual(["LP_CLIENT_ID", "LP_CLIENT_SECRET", "GATEWAY_API_KEYS"]);
    gateway?.reloadSecrets();
    await untilLogged("secrets unchanged");
    for (const secret of [firstKey, secondKey, admin.clientSecret]) expect(log.text()).not.toContain(secret);
  });

  it("stay as they were where a file is wrong, until it is right again", async () => {
    const { url } = await start(oauth2Files(firstKey, admin));
    oauth2Files("short", { ...admin, clientSecret: "" });
    gateway?.reloadSecrets();
    const lines = log.lines().filter(({ level }) => level === 50);
    expect(lines.map(({ setting }) => setting).sort()).toEqual(["GATEWAY_API_KEYS", "LP_CLIENT_SECRET_FILE"]);
    expect(lines[0]?.["msg"]).toMatch(/^secrets not reloaded, the old ones stay: /);
    dataOf(await ask(url, read, firstKey));
    oauth2Files(secondKey, admin);
    gateway?.reloadSecrets();
    dataOf(await ask(url, read, secondKey));
  });

  it("of OAuth 1.0 are taken too", async () => {
    const { appKey, appSecret, accessToken, accessTokenSecret } = emulatorApiKeys.admin;
    const { url } = await start({
      ...{ CREDENTIALS: "oauth1", GATEWAY_API_KEYS: firstKey, LP_APP_KEY: appKey },
      ...{ LP_ACCESS_TOKEN: accessToken, LP_ACCESS_TOKEN_SECRET: accessTokenSecret },
      LP_APP_SECRET_FILE: file("app", "wrong"),
    });
    expect(errorOf(await ask(url, read, firstKey)).extensions["code"]).toBe("UNAUTHENTICATED");
    // Whoever operates the gateway has to act, not the caller.
    expect(await untilLogged("operation")).toMatchObject({ level: 50, error: { code: "UNAUTHENTICATED" } });
    file("app", appSecret);
    gateway?.reloadSecrets();
    dataOf(await ask(url, read, firstKey));
  });

  it("are taken by themselves when the files change, and an unreadable one is reported once", async () => {
    const { url } = await start({ ...oauth2Files(firstKey, admin), SECRETS_CHECK_MS: "10" });
    rmSync(join(folder, "id"));
    await untilLogged(
      "secrets not reloaded, the old ones stay: LP_CLIENT_ID_FILE: must name a file that can be read and is not empty",
    );
    oauth2Files(secondKey, admin);
    await untilLogged("secrets reloaded");
    dataOf(await ask(url, read, secondKey));
    expect(log.lines().filter(({ level }) => level === 50)).toHaveLength(1);
  });

  it("let the gateway reach a Redis whose password has changed", async () => {
    const redis = await RedisServer.start("--requirepass", "first");
    const operator = new Redis({ port: redis.port, password: "first" });
    const { url } = await start({
      REDIS_URL: redis.url,
      REDIS_PASSWORD_FILE: file("redis", "first"),
      SECRETS_CHECK_MS: "10",
    });
    const { origin } = new URL(url);
    await untilFigure(origin, reached, 1);
    await operator.config("SET", "requirepass", "second");
    for (const type of ["NORMAL", "PUBSUB"])
      await operator.call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes");
    await untilFigure(origin, reached, 0);
    file("redis", "second");
    await untilFigure(origin, reached, 1);
    expect((await untilLogged("secrets reloaded"))["changed"]).toEqual(["REDIS_PASSWORD"]);
    operator.disconnect();
    await gateway?.stop();
    await redis.stop();
  });

  it("take a restart where another Redis is meant", async () => {
    await start({ REDIS_URL_FILE: file("url", "redis://:first@127.0.0.1:1") });
    file("url", "redis://:second@127.0.0.1:2");
    gateway?.reloadSecrets();
    await untilLogged("REDIS_URL has changed in more than its login, which takes a restart");
  });

  it("are taken on SIGHUP by the process, which goes on", async () => {
    const env = { PORT: "0", UPSTREAM: emulator.origin, ...oauth2Files(firstKey, admin) };
    const process = startProcess([], env);
    const [, url = ""] = await process.printed(/serving GraphQL at (http:[^"]+)"/);
    oauth2Files(secondKey, admin);
    process.signal("SIGHUP");
    await process.printed(/"msg":"secrets reloaded"/);
    dataOf(await ask(url, read, secondKey));
    process.signal("SIGTERM");
    expect(await process.exited).toBe(0);
  });
});
