import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { emulatorAccountId as accountId, emulatorUsers as users } from "../../src/emulator/seed/seed.js";
import { connectLogin } from "../../src/upstream/connect-upstream.js";
import { readConfig } from "../../src/config/config.js";
import { logIn } from "../../src/cli/token.command.js";
import { LoginProblem } from "../../src/cli/password-prompt.js";
import { withDeadline } from "../../src/upstream/http/call-context.js";
import { captureLog } from "../support/log-capture.js";
import { killProcesses, startProcess } from "../support/process.js";

const reasonsOf = (account: string) => `/api/account/${account}/configuration/le-agents/status-reasons?v=1.0`;
const args = ["--account", accountId, "--username", users.admin.username];

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(async () => {
  killProcesses();
  await emulator.stop();
});

/** Runs the command's logic, and says what a person would see. */
async function run(
  { username, password }: { username: string; password: string },
  env: Readonly<Record<string, string>> = {},
  account = accountId,
): Promise<string> {
  const config = readConfig({ UPSTREAM: "liveperson", DOMAIN_API_URL: emulator.origin, ...env });
  const log = captureLog();
  const { login, close } = connectLogin({ config, logger: log.logger });
  try {
    return await withDeadline(config.upstreamTimeoutMs, (signal) =>
      logIn(login, { requestId: "r", signal }, { accountId: account, username }, password),
    );
  } catch (error) {
    if (error instanceof LoginProblem) return error.message;
    throw error;
  } finally {
    expect(log.text()).not.toContain(password);
    await close();
  }
}

describe("the command", () => {
  it("prints the bearer alone, for the password that is piped in", async () => {
    const command = startProcess(["token", ...args], { UPSTREAM: emulator.origin });
    command.type(`${users.admin.password}\n`);
    expect(await command.exited).toBe(0);
    expect(command.output.stdout).toMatch(/^[\da-f]{32}\n$/);
    expect(command.output.stderr).toBe("");
    const headers = { authorization: `Bearer ${command.output.stdout.trim()}` };
    expect((await fetch(emulator.origin + reasonsOf(accountId), { headers })).status).toBe(200);
  });

  it("prints Sandbox's header, after it has found the login host", async () => {
    const env = { UPSTREAM: "liveperson", DOMAIN_API_URL: emulator.origin };
    const command = startProcess(["token", ...args, "--header"], env);
    command.type(users.admin.password);
    expect(await command.exited).toBe(0);
    expect(command.output.stdout).toMatch(/^Authorization: Bearer [\da-f]{32}\n$/);
    expect(emulator.journal.count({ path: "/service/agentVep/baseURI.json" })).toBe(1);
  });

  it.each([
    [["token", ...args], {}, /set UPSTREAM to/],
    [["token", "--account", "a b", "--username", "u"], {}, /--account must be 1 to 20 letters/],
    [["token", ...args, "--password=hush"], {}, /unknown option '--password'; see token --help/],
    [["token", ...args], { UPSTREAM: "x" }, /UPSTREAM: must be/],
  ] as [string[], Record<string, string>, RegExp][])(
    "refuses %j with %j in one line",
    async (words, env, line) => {
      const command = startProcess(words, env);
      command.type("\n");
      expect(await command.exited).toBe(1);
      expect(command.output.stderr).toMatch(/^status-reason-gateway: [^\n]*\n$/);
      expect(command.output.stderr).toMatch(line);
      expect(command.output.stdout).toBe("");
    },
  );

  it("fails where there is no password", async () => {
    const command = startProcess(["token", ...args], { UPSTREAM: emulator.origin });
    command.type("");
    expect(await command.exited).toBe(1);
    expect(command.output.stderr).toMatch(/a password is needed\n$/);
    expect(emulator.journal.requests).toEqual([]);
  });
});

describe("logging in", () => {
  it("says that the password is wrong, and after too many of them how long to wait", async () => {
    const wrong = { ...users.admin, password: "a-wrong-one" };
    for (let tries = 0; tries < 5; tries += 1) expect(await run(wrong)).toMatch(/password is wrong.*\(401\)/);
    expect(await run(users.admin)).toBe("too many logins (429): try again in 5 seconds at the earliest");
  });

  it("says that the user is locked", async () => {
    expect(await run(users.locked)).toMatch(/may not log in \(451\)/);
  });

  it("says that there is no such account", async () => {
    expect(await run(users.admin, {}, "99999999")).toBe(
      "the login host could not be found: There is no account 99999999",
    );
  });

  it.each([
    [{ status: 429 }, /in 5 seconds/],
    [{ status: 429, headers: { "retry-after": "30" } }, /in 30 seconds/],
    [{ status: 400 }, /did not understand the request \(400\)/],
    [{ status: 500 }, /the login service failed \(500\)/],
    [{ status: 200, body: "<html></html>" }, /could not be understood \(200\)/],
    [{ status: 302 }, /could not be understood \(302\)/],
    [{ reset: "before" }, /could not be used: unavailable/],
  ] as const)("says what %j means", async (fault, line) => {
    emulator.faults.add({ match: { path: "/login" }, ...fault });
    const said = await run(users.admin);
    expect(said).toMatch(line);
    expect(said).not.toContain("\n");
  });

  it("does not wait for ever", async () => {
    emulator.faults.add({ match: { path: "/login" }, hang: true });
    expect(await run(users.admin, { UPSTREAM: emulator.origin, UPSTREAM_TIMEOUT_MS: "50" })).toMatch(
      /could not be used: timeout/,
    );
  });

  it("says that the Domain API is down", async () => {
    emulator.faults.add({ match: { path: "/baseURI.json" }, status: 503 });
    expect(await run(users.admin)).toBe("the login host could not be found: unavailable (503)");
  });
});
