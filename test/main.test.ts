import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { startEmulator } from "../src/emulator/emulator.js";
import { emulatorAccountId, emulatorTokens } from "../src/emulator/seed/seed.js";
import { post } from "./support/gateway.js";
import { killProcesses, startProcess } from "./support/process.js";

const count = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;

describe("the process", () => {
  afterEach(killProcesses);

  it("starts on the emulator with a note whose curl line works, and stops on SIGTERM", async () => {
    const gateway = startProcess([], { PORT: "0" });
    const [, curl = ""] = await gateway.printed(/(curl [^]*?}')\n/);
    expect(gateway.output.stdout).toContain(emulatorAccountId);
    expect(gateway.output.stdout).toContain("emulator");
    const [line] = await gateway.printed(/^\{.*"url".*\}$/m);
    expect(JSON.parse(line)).toMatchObject({ url: expect.stringMatching(/\/graphql$/) as string });
    const answer = execFileSync("sh", ["-c", curl], { encoding: "utf8" });
    expect(JSON.parse(answer)).toMatchObject({
      data: { statusReasons: { totalCount: expect.any(Number) as number } },
    });
    gateway.signal("SIGTERM");
    expect(await gateway.exited).toBe(0);
    expect(gateway.output.stderr).toBe("");
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "finishes what is in flight on %s, and takes nothing new",
    async (signal) => {
      const emulator = await startEmulator();
      emulator.faults.add({ latencyMs: 60_000 });
      const gateway = startProcess([], { PORT: "0", UPSTREAM: emulator.origin });
      const [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
      const answer = post(url, JSON.stringify({ query: count }));
      await emulator.journal.whenReceived();
      gateway.signal(signal);
      await untilRefused(url);
      emulator.faults.clear();
      expect((await answer).errors).toEqual([]);
      expect(await gateway.exited).toBe(0);
      await emulator.stop();
    },
  );

  it("cuts what is in flight when the time is up, and says so to whoever waits", async () => {
    const emulator = await startEmulator();
    emulator.faults.add({ hang: true });
    const env = { PORT: "0", UPSTREAM: emulator.origin, SHUTDOWN_TIMEOUT_MS: "300" };
    const gateway = startProcess([], env);
    const [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
    const answer = post(url, JSON.stringify({ query: count }));
    await emulator.journal.whenReceived();
    gateway.signal("SIGTERM");
    const { status, errors } = await answer;
    expect(status).toBe(200);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining("The gateway is stopping") as string,
        extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true },
      },
    ]);
    expect(await gateway.exited).toBe(0);
    await emulator.stop();
  });

  it("is not ready as soon as it stops, and serves on for as long as it is told to", async () => {
    const gateway = startProcess([], { PORT: "0", SHUTDOWN_DELAY_MS: "60000" });
    const [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
    const readyz = new URL("/readyz", url);
    expect((await fetch(readyz)).status).toBe(200);
    gateway.signal("SIGTERM");
    await gateway.printed(/"signal":"SIGTERM"[^\n]*\n[^\n]*"msg":"stopping"/);
    const response = await fetch(readyz);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: "stopping" });
    expect((await post(url, JSON.stringify({ query: count }))).errors).toEqual([]);
    expect((await fetch(new URL("/livez", url))).status).toBe(200);
    gateway.signal("SIGTERM");
    expect(await gateway.exited).toBe(1);
  });

  it("exits at once on the second signal", async () => {
    const emulator = await startEmulator();
    emulator.faults.add({ hang: true });
    const gateway = startProcess([], { PORT: "0", UPSTREAM: emulator.origin });
    const [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
    const failure = expect(post(url, JSON.stringify({ query: count }))).rejects.toThrow();
    await emulator.journal.whenReceived();
    gateway.signal("SIGTERM");
    await untilRefused(url);
    gateway.signal("SIGTERM");
    expect(await gateway.exited).toBe(1);
    await failure;
    await emulator.stop();
  });

  it.each([
    ["an uncaught exception", "throw new Error(message)"],
    ["an unhandled rejection", "void Promise.reject(new Error(message))"],
  ])("logs %s, stops, and exits with 1", async (_what, statement) => {
    // Runs in the process itself, as a mistake of the program's own would.
    const mistake = `const message = "a mistake"; process.on("SIGWINCH", () => { ${statement}; });`;
    const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(mistake)}` };
    const gateway = startProcess([], { PORT: "0", ...env });
    await gateway.printed(/"url":"([^"]+)"/);
    gateway.signal("SIGWINCH");
    expect(await gateway.exited).toBe(1);
    expect(gateway.output.stdout).toMatch(/"msg":"uncaught error, stopping"/);
    expect(gateway.output.stdout).toMatch(/"message":"a mistake"/);
    expect(gateway.output.stdout).toMatch(/"msg":"stopping"/);
    expect(gateway.output.stderr).toBe("");
  });

  it.each([
    [{ NODE_ENV: "production" }, ["UPSTREAM"]],
    [{ PORT: "x", LOG_LEVEL: "y" }, ["PORT", "LOG_LEVEL"]],
  ] as [Record<string, string>, string[]][])(
    "refuses to start with %j, in JSON as its log is",
    async (env, settings) => {
      const gateway = startProcess([], env);
      expect(await gateway.exited).toBe(1);
      expect(problemsIn(gateway.output.stderr)).toEqual(
        settings.map((setting): unknown =>
          expect.objectContaining({
            level: 60,
            setting,
            msg: expect.stringContaining(`${setting}: must be`) as unknown,
          }),
        ),
      );
      expect(gateway.output.stdout).toBe("");
    },
  );

  it("refuses an unknown command", async () => {
    const gateway = startProcess(["dance"]);
    expect(await gateway.exited).toBe(1);
    expect(gateway.output.stderr).toBe("status-reason-gateway: unknown command 'dance'; see --help\n");
  });

  it("prints every setting, secrets masked", async () => {
    const secrets = {
      LP_CLIENT_SECRET: "hush-secret",
      GATEWAY_API_KEYS: "hush-one-of-sixteen,hush-two-of-sixteen",
    };
    const env = { PORT: "8080", CREDENTIALS: "oauth2", LP_CLIENT_ID: "client", ...secrets };
    const gateway = startProcess(["--print-config"], env);
    expect(await gateway.exited).toBe(0);
    expect(gateway.output.stdout).not.toContain("hush");
    expect(JSON.parse(gateway.output.stdout)).toMatchObject({
      PORT: { value: 8080, source: "environment", default: "4000" },
      UPSTREAM: { value: "emulator", source: "default", default: "emulator; in production must be set" },
      LP_CLIENT_SECRET: { value: "***", source: "environment", default: "" },
      GATEWAY_API_KEYS: { value: ["***", "***"] },
    });
  });

  it("says in one line that its port is taken", async () => {
    const emulator = await startEmulator();
    const gateway = startProcess([], { PORT: new URL(emulator.origin).port });
    expect(await gateway.exited).toBe(1);
    expect(problemsIn(gateway.output.stderr)).toEqual([
      expect.objectContaining({ setting: "PORT", msg: expect.stringContaining("EADDRINUSE") as unknown }),
    ]);
    await emulator.stop();
  });

  it("says which setting it is where it cannot listen at an address", async () => {
    const gateway = startProcess([], {
      PORT: "0",
      HOST: "no-such-host.invalid",
      UPSTREAM: "http://127.0.0.1:1",
    });
    expect(await gateway.exited).toBe(1);
    expect(problemsIn(gateway.output.stderr)).toEqual([
      expect.objectContaining({ setting: "HOST", msg: expect.stringContaining("no-such-host") as unknown }),
    ]);
  });

  it("serves at every address of IPv6, warns of names that are nearly settings, and in production names no explorer", async () => {
    const env = { PORT: "0", HOST: "::", NODE_ENV: "production", UPSTREAM: "emulator", UPSTREM: "x" };
    const gateway = startProcess([], env);
    const [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
    expect((await post(url, JSON.stringify({ query: count }))).errors).toEqual([]);
    await gateway.printed(/In a terminal:/);
    expect(gateway.output.stdout).toContain("UPSTREM is not read; is UPSTREAM meant?");
    expect(gateway.output.stdout).not.toMatch(/Sandbox|GraphiQL/);
    gateway.signal("SIGTERM");
    expect(await gateway.exited).toBe(0);
  });

  it("runs the emulator alone", async () => {
    const emulator = startProcess(["emulator"]);
    const [, origin = ""] = await emulator.printed(/(http:\/\/127\.0\.0\.1:\d+)/);
    const path = `/api/account/${emulatorAccountId}/configuration/le-agents/status-reasons?v=1.0`;
    const headers = { authorization: `Bearer ${emulatorTokens.readOnly}` };
    expect((await fetch(origin + path, { headers })).status).toBe(200);
    emulator.signal("SIGINT");
    expect(await emulator.exited).toBe(0);
  });

  it.each([
    ["schema.graphql", ["schema"]],
    ["api.graphql", ["schema", "--api"]],
  ])("prints schema/%s as it is committed", async (file, words) => {
    const schema = startProcess(words);
    expect(await schema.exited).toBe(0);
    expect(schema.output.stdout).toBe(readFileSync(join(__dirname, "../schema", file), "utf8"));
  });
});

/** Resolves when nothing listens at `url` any more. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const isServed = await fetch(url, { headers: { connection: "close" } }).then(
      (response) => response.text(),
      () => false,
    );
    if (isServed === false) return;
  }
}

/** The lines of JSON on standard error. */
function problemsIn(text: string): unknown[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as unknown);
}
