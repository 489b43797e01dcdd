import { startEmulator } from "../src/emulator/index.js";
import { ConfigError, createGateway } from "../src/index.js";
import type { Gateway, Settings } from "../src/index.js";
import { captureLog } from "./support/log-capture.js";
import { post } from "./support/gateway.js";

const settings: Settings = { PORT: 0, LOG_LEVEL: "silent" };

/** How many reasons the gateway's emulated account has. */
async function countReasons({ url, emulated }: Gateway): Promise<unknown> {
  const query = `{ statusReasons(accountId: "${emulated?.accountId ?? ""}") { totalCount } }`;
  const answer = await post<object>(url, JSON.stringify({ query }), { token: emulated?.token ?? null });
  return answer.data;
}

const counted = { statusReasons: { totalCount: expect.any(Number) as number } };

describe("createGateway", () => {
  it("serves, on the emulator unless told otherwise, until it is stopped", async () => {
    const gateway = await createGateway(settings);
    expect(await countReasons(gateway)).toEqual(counted);
    await Promise.all([gateway.stop(), gateway.stop()]);
    await expect(fetch(gateway.url)).rejects.toThrow("fetch failed");
    await expect(fetch(gateway.emulated?.origin ?? "")).rejects.toThrow("fetch failed");
  });

  it("serves another upstream, which it leaves running", async () => {
    const emulator = await startEmulator();
    const gateway = await createGateway({ ...settings, UPSTREAM: emulator.origin });
    expect(gateway.emulated).toBeUndefined();
    await gateway.stop();
    expect((await fetch(emulator.origin)).status).toBe(404);
    await emulator.stop();
  });

  it("runs several times in one process", async () => {
    const gateways = await Promise.all([createGateway(settings), createGateway(settings)]);
    for (const gateway of gateways) expect(await countReasons(gateway)).toEqual(counted);
    for (const gateway of gateways) await gateway.stop();
  });

  it("reads no environment but the one it is given, in which settings win", async () => {
    const replaced = jest.replaceProperty(process, "env", { UPSTREAM: "nowhere" });
    const env = { PORT: "x", ACCOUNTS: "1", LOG_LEVEL: "silent", SOMETHING: "else" };
    const gateway = await createGateway({ PORT: 0, LOG_LEVEL: undefined }, { env });
    replaced.restore();
    expect(await countReasons(gateway)).toBeNull();
    await gateway.stop();
  });

  it("logs to the logger it is given", async () => {
    const log = captureLog();
    const gateway = await createGateway({ PORT: 0 }, { logger: log.logger });
    await gateway.stop();
    expect(log.text()).toContain(`serving GraphQL at ${gateway.url}`);
  });

  it.each([
    [
      { PORT: -1, READYZ_FAILS_ON_OPEN_CIRCUIT: 2 },
      [/^PORT: must be/, /^READYZ_FAILS_ON_OPEN_CIRCUIT: must be/],
    ],
    [{ UPSTRAEM: "liveperson" } as Settings, [/^UPSTRAEM: there is no such setting$/]],
    [{ NODE_ENV: "production" }, [/^UPSTREAM: must be set/]],
    [{ CREDENTIALS: "oauth2", LP_CLIENT_ID_FILE: "/nowhere" }, [/^LP_CLIENT_ID_FILE/, /SECRET/, /KEYS/]],
  ] as [Settings, RegExp[]][])("refuses %j, naming every problem", async (given, problems) => {
    const failure = await createGateway(given).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as ConfigError).problems).toEqual(
      problems.map((problem) => expect.stringMatching(problem) as string),
    );
  });
});
