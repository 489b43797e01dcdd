import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";

import { runCommandLine } from "../../../src/cli/index.js";
import { startEmulator } from "../../../src/emulator/emulator.js";
import type { Emulator } from "../../../src/emulator/emulator.js";
import {
  emulatorAccountId as accountId,
  emulatorEmptyAccountId as emptyAccountId,
  emulatorApiKeys,
  emulatorClients,
  emulatorReasonIds as ids,
  emulatorTokens as tokens,
  emulatorUsers as users,
} from "../../../src/emulator/seed/seed.js";
import { looseTextKey } from "../../../src/status-reasons/text.js";
import { codeBlocksOf } from "../../docs/markdown.js";
import { hostileText } from "../../support/hostile-text.js";
import { killProcesses, startProcess } from "../../support/process.js";
import { createTerminal } from "../../support/terminal.js";
import type { TestTerminal } from "../../support/terminal.js";

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "reasons-"));
});
afterEach(() => {
  emulator.reset();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator.stop();
});

type Env = Readonly<Record<string, string>>;

const withToken: Env = { LP_BEARER_TOKEN: tokens.admin };

interface Run {
  readonly terminal?: TestTerminal;
  readonly env?: Env;
}

/** Runs the program in this process; the upstream is the emulator on its port. */
async function run(words: readonly string[], { terminal = createTerminal(), env = withToken }: Run = {}) {
  const exitCode = await runCommandLine(words, terminal, { UPSTREAM: emulator.origin, ...env });
  return { exitCode, ...terminal.printed };
}

/** Writes a file with the reasons of an account, or with this content. */
function fileOf(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const exported = (account: string, ...options: string[]) =>
  run(["reasons", "export", "--account", account, ...options]);
const planned = (file: string, account: string, ...options: string[]) =>
  run(["reasons", "plan", "--account", account, file, ...options]);
const applied = (file: string, account: string, ...options: string[]) =>
  run(["reasons", "apply", "--account", account, file, ...options]);

const textsOf = (account: string) =>
  emulator.state
    .account(account)
    .reasons.list()
    .map(({ text }) => text);

const someReasons = `text,state
Lunch,Away
Team huddle,Online
Brunch,Back Soon
`;

describe("reasons export", () => {
  it.each(["json", "yaml", "csv"])("writes %s that plan finds no changes in", async (format) => {
    const file = join(folder, `same.${format}`);
    expect(await exported(accountId, "--output", file)).toEqual({ exitCode: 0, output: "", errors: "" });
    const plan = await planned(file, accountId, "--delete-others");
    expect(plan).toEqual({ exitCode: 0, output: "No changes: 12 unchanged\n", errors: "" });
  });

  it("writes whatever texts an account has so that plan finds no changes", async () => {
    const texts = fc.uniqueArray(
      hostileText.filter((text) => !/[\p{Cc}<>]/u.test(text)),
      { selector: looseTextKey, minLength: 1, maxLength: 20 },
    );
    const { reasons } = emulator.state.account(emptyAccountId);
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.constantFrom("json", "yaml", "csv"),
        fc.boolean(),
        async (all, format, withIds) => {
          for (const { id } of reasons.list()) reasons.remove(id);
          reasons.create(all.map((text) => ({ text, state: "Away", enabled: true })));
          const file = join(folder, `hostile.${format}`);
          await exported(emptyAccountId, "--output", file, ...(withIds ? ["--with-ids"] : []));
          const plan = await planned(file, emptyAccountId, "--delete-others");
          expect(plan).toEqual({ exitCode: 0, output: `No changes: ${all.length} unchanged\n`, errors: "" });
        },
      ),
      { numRuns: 30 },
    );
  });

  it("writes more reasons than plan takes, and says so", async () => {
    const texts = Array.from({ length: 101 }, (_, index) => `Reason ${index}`);
    emulator.state
      .account(emptyAccountId)
      .reasons.create(texts.map((text) => ({ text, state: "Away", enabled: true })));
    const file = join(folder, "many.csv");
    const { exitCode, errors } = await exported(emptyAccountId, "--output", file);
    expect([exitCode, errors]).toEqual([0, "warning: 101 reasons; plan and apply take 100 at most\n"]);
    expect((await planned(file, emptyAccountId)).errors).toMatch(
      /many\.csv:102: has 101 reasons: at most 100/,
    );
  });

  it("writes to standard output, without ids unless they are wanted", async () => {
    const { output, exitCode } = await exported(accountId);
    expect(exitCode).toBe(0);
    const { reasons } = JSON.parse(output) as { reasons: object[] };
    expect(reasons[0]).toEqual({ text: "Lunch", state: "AWAY", enabled: true });
    const withIds = JSON.parse((await exported(accountId, "--with-ids")).output) as { reasons: object[] };
    expect(withIds.reasons).toContainEqual({ id: ids.largest, text: "研修", state: "AWAY", enabled: true });
  });

  it("copies an account to another one, and again changes nothing", async () => {
    const file = join(folder, "copy.yaml");
    await exported(accountId, "--output", file);
    const apply = await applied(file, emptyAccountId, "--yes");
    expect(apply).toMatchObject({ exitCode: 0, errors: "" });
    expect(apply.output).toMatch(/Plan: 12 to create[^]*\nApplied: 12 created, 0 changed, 0 deleted\n$/);
    expect(textsOf(emptyAccountId)).toEqual(textsOf(accountId));
    expect((await planned(file, emptyAccountId, "--delete-others")).exitCode).toBe(0);
  });

  it("says which reasons cannot be written back, and of records that cannot be read", async () => {
    const body = JSON.stringify([
      { id: 1, text: "Lunch", state: "Dancing", enabled: true, deleted: false },
      { id: 2, enabled: "?" },
    ]);
    emulator.faults.add({ status: 200, headers: { "content-type": "application/json" }, body });
    const { output, errors, exitCode } = await exported(accountId, "--format", "csv");
    expect(exitCode).toBe(0);
    expect(output).toContain("Lunch,UNKNOWN,true");
    expect(errors).toBe(
      "warning: reasons that cannot be read and are left out: 1\n" +
        "warning: reason 1 has the state UNKNOWN, which cannot be written back\n",
    );
  });

  it("says that it cannot write", async () => {
    const { exitCode, errors } = await exported(accountId, "--output", join(folder, "none", "f.csv"));
    expect([exitCode, errors]).toEqual([1, expect.stringContaining("cannot be written: ENOENT")]);
  });
});

describe("reasons plan", () => {
  it("shows what differs, writes nothing, and exits with 2", async () => {
    const { exitCode, output, errors } = await planned(fileOf("some.csv", someReasons), accountId);
    expect(output).toBe(`  ~ update  "Team huddle"  # ${ids.backSoon}
      state: BACK_SOON -> ONLINE
  + create  "Brunch"
      state: BACK_SOON
      enabled: true

Plan: 1 to create, 1 to change, 0 to delete, 1 unchanged
`);
    expect([exitCode, errors]).toEqual([2, ""]);
    expect(emulator.journal.writes).toEqual([]);
  });

  it("shows what would be deleted", async () => {
    const { output } = await planned(fileOf("some.csv", someReasons), accountId, "--delete-others");
    expect(output).toContain(`  - delete  "Training"  # ${ids.training}\n`);
    expect(output).toMatch(/\nPlan: 1 to create, 1 to change, 10 to delete, 1 unchanged\n$/);
  });

  it("is coloured at a terminal that has colours, and cannot act on it", async () => {
    const terminal = createTerminal({ isTTY: true, isColoured: true });
    const file = fileOf("text.yaml", 'reasons:\n  - {text: "a\\u202e\\"b"}\n');
    const { output } = await run(["reasons", "plan", "--account", emptyAccountId, file], { terminal });
    expect(output).toContain('\u001b[32m+ create  "a\\u{202e}\\"b"\u001b[39m');
  });

  it("reads standard input", async () => {
    const terminal = createTerminal();
    terminal.input.end(someReasons);
    const words = ["reasons", "plan", "-", "--format", "csv", "--account", accountId];
    expect(await run(words, { terminal })).toMatchObject({ exitCode: 2, errors: "" });
  });

  it("prints JSON as docs/recipes/reasons-as-code.md shows it", async () => {
    const file = fileOf("some.csv", someReasons);
    const { exitCode, output } = await planned(file, accountId, "--json", "--delete-others");
    const plan = JSON.parse(output) as { items: object[] };
    expect(exitCode).toBe(2);
    expect(plan).toMatchObject({
      accountId,
      revision: String(emulator.state.account(accountId).reasons.revision),
      summary: { create: 1, update: 1, delete: 10, keep: 1 },
    });
    expect(plan.items.slice(0, 4)).toEqual([
      { action: "KEEP", id: ids.lunch, text: "Lunch", state: "AWAY", enabled: true, changes: [] },
      {
        ...{ action: "UPDATE", id: ids.backSoon, text: "Team huddle", state: "ONLINE", enabled: true },
        changes: [{ attribute: "state", from: "BACK_SOON", to: "ONLINE" }],
      },
      { action: "CREATE", id: null, text: "Brunch", state: "BACK_SOON", enabled: true, changes: [] },
      {
        action: "DELETE",
        id: expect.any(String) as string,
        text: "Coffee break",
        state: "AWAY",
        enabled: true,
        changes: [],
      },
    ]);
  });

  it.each<[string, string, string[], RegExp]>([
    ["a file that is wrong", "text\n\n,\n<b>\n", [], /^.*wrong\.csv:4: text must hold neither < nor >\n$/],
    [
      "texts that are alike",
      "text\nLunch\n\nlunch\n",
      [],
      /wrong\.csv:4: text is the same as that of line 2, or differs/,
    ],
    [
      "an id that the account does not have",
      "text,id\nx,17\n",
      [],
      /wrong\.csv:2: id must be the id of a reason/,
    ],
    ["a file without reasons", "text\n", ["--delete-others"], /wrong\.csv: confirmDeleteAll must be true/],
    ["a file that is not there", "", ["--format", "yaml", "--json"], /wrong\.csv:/],
  ])("exits with 1 for %s, and says where", async (_what, content, options, message) => {
    const { exitCode, output, errors } = await planned(fileOf("wrong.csv", content), accountId, ...options);
    expect(errors).toMatch(message);
    expect([exitCode, output]).toEqual([1, ""]);
  });

  it.each<[string, string[], RegExp]>([
    ["no such file", [join("/", "no-such-file.csv")], /no-such-file\.csv cannot be read: ENOENT/],
    ["a folder", ["/", "--format", "csv"], /EISDIR/],
    ["a file whose name says no format", ["reasons.txt"], /--format is needed: reasons.txt does not say it/],
    [
      "standard input for both",
      ["-", "--format", "csv", "--username", "u"],
      /cannot both come from standard input/,
    ],
  ])("exits with 1 for %s", async (_what, words, message) => {
    const { exitCode, errors } = await run(["reasons", "plan", "--account", accountId, ...words]);
    expect(errors).toMatch(message);
    expect(errors).toMatch(/^status-reason-gateway: [^\n]*\n$/);
    expect(exitCode).toBe(1);
  });

  it("reads no file that cannot be one of reasons", async () => {
    const { exitCode, errors } = await planned(fileOf("large.csv", Buffer.alloc(1024 * 1024 + 1)), accountId);
    expect([exitCode, errors]).toEqual([1, expect.stringContaining("large.csv is too large")]);
  });
});

describe("reasons apply", () => {
  it("shows the plan, asks at a terminal, and shows how far it is", async () => {
    const terminal = createTerminal({ isTTY: true });
    const file = fileOf("some.csv", someReasons);
    const running = run(["reasons", "apply", "--account", accountId, file], { terminal });
    await terminal.shown(/Apply\? \(yes\/no\)/);
    expect(emulator.journal.writes).toEqual([]);
    terminal.input.write("yes\r");
    const { exitCode, output, errors } = await running;
    expect(exitCode).toBe(0);
    expect(output).toMatch(/Plan: 1 to create[^]*Applied: 1 created, 1 changed, 0 deleted\n$/);
    expect(errors).toContain(`[${"#".repeat(15)}${"-".repeat(15)}] 1/2`);
    expect(errors.endsWith("] 2/2\r\u001b[K")).toBe(true);
    expect(textsOf(accountId)).toContain("Brunch");
  });

  it.each([["no\r"], ["y\r"], ["\u0003"], ["\u0004"]])("writes nothing for the answer %j", async (typed) => {
    const terminal = createTerminal({ isTTY: true });
    const file = fileOf("some.csv", someReasons);
    const running = run(["reasons", "apply", "--account", accountId, file], { terminal });
    await terminal.shown(/Apply\? \(yes\/no\)/);
    terminal.input.write(typed);
    expect(await running).toMatchObject({
      exitCode: 1,
      errors: "status-reason-gateway: nothing was written\n",
    });
    expect(emulator.journal.writes).toEqual([]);
  });

  it("does not ask where there is nothing to do", async () => {
    const terminal = createTerminal({ isTTY: true });
    const file = fileOf("lunch.csv", "text\nLunch\n");
    expect(await run(["reasons", "apply", "--account", accountId, file], { terminal })).toEqual({
      exitCode: 0,
      output: "No changes: 1 unchanged\n",
      errors: "",
    });
  });

  it.each([
    [[], /there is no terminal to ask at: --yes is needed/],
    [["--json"], /--json needs --yes/],
  ])("needs --yes without a terminal: %j", async (options, message) => {
    const { exitCode, errors } = await applied(fileOf("some.csv", someReasons), accountId, ...options);
    expect(errors).toMatch(message);
    expect(exitCode).toBe(1);
    expect(emulator.journal.requests).toEqual([]);
  });

  it("writes nothing where the account has changed since the plan was shown", async () => {
    const terminal = createTerminal({ isTTY: true });
    const file = fileOf("some.csv", someReasons);
    const running = run(["reasons", "apply", "--account", accountId, file], { terminal });
    await terminal.shown(/Apply\? \(yes\/no\)/);
    emulator.state.account(accountId).reasons.remove(BigInt(ids.training));
    terminal.input.write("yes\r");
    const { exitCode, errors } = await running;
    expect(errors).toMatch(
      /the account has changed since the plan was made: nothing was written; run it again\n$/,
    );
    expect(exitCode).toBe(1);
    // That of the others.
    expect(emulator.journal.writes).toHaveLength(1);
  });

  it("deletes everything only where that is confirmed", async () => {
    const file = fileOf("none.yaml", "reasons: []\n");
    const refused = await applied(file, accountId, "--yes", "--delete-others");
    expect([refused.exitCode, emulator.journal.writes]).toEqual([1, []]);
    const { output } = await applied(file, accountId, "--yes", "--delete-others", "--confirm-delete-all");
    expect(output).toMatch(/Applied: 0 created, 0 changed, 12 deleted\n$/);
    expect(textsOf(accountId)).toEqual([]);
  });

  it("says what was not done and why, and does the rest when it is run again", async () => {
    const file = fileOf("some.csv", someReasons);
    emulator.faults.add({ match: { method: "PUT" }, times: 1, status: 403 });
    const { exitCode, output } = await applied(file, accountId, "--yes");
    expect(output).toMatch(/\nfailed: update "Team huddle": The token does not allow this\.\n/);
    expect(output).toMatch(/\nnot tried: create "Brunch"\n/);
    expect(output).toMatch(/\nApplied: 0 created, 0 changed, 0 deleted, 1 failed, 1 not tried\n$/);
    expect(exitCode).toBe(1);
    expect((await applied(file, accountId, "--yes")).exitCode).toBe(0);
    expect((await planned(file, accountId)).exitCode).toBe(0);
  });

  it("prints what became of it as JSON", async () => {
    emulator.faults.add({ match: { method: "PUT" }, times: 1, status: 403 });
    const { exitCode, output, errors } = await applied(
      fileOf("some.csv", someReasons),
      accountId,
      "--yes",
      "--json",
    );
    const result = JSON.parse(output) as { items: Record<string, unknown>[] };
    expect(result.items.map(({ outcome }) => outcome)).toEqual(["UNCHANGED", "FAILED", "NOT_TRIED"]);
    expect(result.items[1]).toMatchObject({
      error: { code: "FORBIDDEN", message: "The token does not allow this." },
    });
    expect([exitCode, errors]).toEqual([1, ""]);
    const [documented = ""] = codeBlocksOf("docs/recipes/reasons-as-code.md")
      .filter(({ language }) => language === "json")
      .map(({ text }) => text);
    const shape = JSON.parse(documented) as typeof result;
    expect(Object.keys(shape)).toEqual(Object.keys(result));
    expect(Object.keys(shape.items[0] ?? {})).toEqual(Object.keys(result.items[1] ?? {}));
  });

  it("stops after the write in flight on Ctrl-C, and says what was done", async () => {
    const terminal = createTerminal({ isTTY: true });
    emulator.faults.add({ match: { method: "PUT" }, times: 1, latencyMs: 60_000 });
    const file = fileOf("three.csv", "text,state\nLunch,Online\nTraining,Online\nMeeting,Online\n");
    const running = run(["reasons", "apply", "--yes", "--account", accountId, file], { terminal });
    await emulator.journal.whenReceived({ method: "PUT" });
    terminal.interrupt();
    emulator.faults.clear();
    const { exitCode, output, errors } = await running;
    expect(errors).toContain("stopping after the write in flight");
    expect(output).toMatch(/not tried: update "Training"\nnot tried: update "Meeting"\n/);
    expect(output).toMatch(/Applied: 0 created, 1 changed, 0 deleted, 2 not tried\n$/);
    expect(exitCode).toBe(1);
    expect(emulator.journal.writes).toHaveLength(1);
  });
});

describe("who calls the upstream", () => {
  const file = () => fileOf("lunch.csv", "text\nLunch\n");
  const client = emulatorClients.admin;
  const key = emulatorApiKeys.admin;

  it.each<[string, Env]>([
    ["the bearer token of the environment", withToken],
    [
      "an OAuth 2.0 client, without a key for callers",
      { CREDENTIALS: "oauth2", LP_CLIENT_ID: client.clientId, LP_CLIENT_SECRET: client.clientSecret },
    ],
    [
      "an OAuth 1.0 key, beside keys of the gateway",
      {
        CREDENTIALS: "oauth1",
        LP_APP_KEY: key.appKey,
        LP_APP_SECRET: key.appSecret,
        LP_ACCESS_TOKEN: key.accessToken,
        LP_ACCESS_TOKEN_SECRET: key.accessTokenSecret,
        GATEWAY_API_KEYS: "one-key-of-sixteen-characters",
      },
    ],
    [
      "the token, where there is a client too",
      { ...withToken, CREDENTIALS: "oauth2", LP_CLIENT_ID: "x", LP_CLIENT_SECRET: "y" },
    ],
  ])("may be %s", async (_what, env) => {
    const words = [
      "reasons",
      "apply",
      "--yes",
      "--account",
      accountId,
      fileOf("online.csv", "text,state\nLunch,Online\n"),
    ];
    expect(await run(words, { env })).toMatchObject({ exitCode: 0, errors: "" });
    expect(emulator.journal.writes).toHaveLength(1);
  });

  it("may be who logs in, at the hosts that are discovered", async () => {
    const terminal = createTerminal();
    terminal.input.end(`${users.admin.password}\n`);
    const words = ["reasons", "plan", "--account", accountId, "--username", users.admin.username, file()];
    const env = { UPSTREAM: "liveperson", DOMAIN_API_URL: emulator.origin };
    expect(await run(words, { terminal, env })).toMatchObject({ exitCode: 0, errors: "" });
  });

  it.each<[string, Env, RegExp]>([
    ["nobody", {}, /credentials are needed: --username USER, a token in LP_BEARER_TOKEN/],
    ["a token that has expired", { LP_BEARER_TOKEN: tokens.expired }, /The token has expired/],
    ["a token that is wrong", { LP_BEARER_TOKEN: "x" }, /The upstream does not accept the token/],
    ["a token of another account", { LP_BEARER_TOKEN: tokens.otherAccount }, /The token does not allow this/],
    ["the emulator inside a gateway", { ...withToken, UPSTREAM: "emulator" }, /set UPSTREAM to `liveperson`/],
    ["an account that is not served", { ...withToken, ACCOUNTS: "7" }, /^status-reason-gateway: [^\n]+\n$/],
    ["a setting that is wrong", { ...withToken, UPSTREAM_TIMEOUT_MS: "x" }, /UPSTREAM_TIMEOUT_MS: must be/],
    ["a host that is down", { ...withToken, UPSTREAM: "http://127.0.0.1:1" }, /could not be reached/],
  ])("is told where it is %s", async (_what, env, message) => {
    const { exitCode, errors, output } = await run(["reasons", "plan", "--account", accountId, file()], {
      env,
    });
    expect(errors).toMatch(message);
    for (const token of Object.values(tokens)) expect(errors).not.toContain(token);
    expect([exitCode, output]).toEqual([1, ""]);
  });
});

describe("as a process", () => {
  afterEach(killProcesses);

  it("is a part of pipelines", async () => {
    const env = { UPSTREAM: emulator.origin, NODE_ENV: "production", ...withToken };
    const plan = startProcess(["reasons", "plan", "-", "--format", "csv", "--account", accountId], env);
    plan.type(someReasons);
    expect(await plan.exited).toBe(2);
    expect(plan.output.stdout).toMatch(
      /^ {2}~ update[^]*\nPlan: 1 to create, 1 to change, 0 to delete, 1 unchanged\n$/,
    );
    expect(plan.output.stderr).toBe("");
  });

  it("says what was done where it is asked to end", async () => {
    emulator.faults.add({ match: { method: "PUT" }, times: 1, latencyMs: 60_000 });
    const file = fileOf("two.csv", "text,state\nLunch,Online\nTraining,Online\n");
    const env = { UPSTREAM: emulator.origin, ...withToken };
    const apply = startProcess(["reasons", "apply", file, "--yes", "--account", accountId], env);
    await emulator.journal.whenReceived({ method: "PUT" });
    apply.signal("SIGTERM");
    await apply.complained(/stopping after the write in flight/);
    emulator.faults.clear();
    expect(await apply.exited).toBe(1);
    expect(apply.output.stdout).toMatch(/Applied: 0 created, 1 changed, 0 deleted, 1 not tried\n$/);
  });
});

it("the example of docs/recipes/reasons-as-code.md is a file of reasons", async () => {
  const [example = ""] = codeBlocksOf("docs/recipes/reasons-as-code.md")
    .filter(({ language }) => language === "yaml")
    .map(({ text }) => text);
  const { exitCode, output } = await planned(fileOf("example.yaml", example), emptyAccountId);
  expect(output).toMatch(/Plan: 2 to create/);
  expect(exitCode).toBe(2);
  expect(readFileSync("docs/recipes/reasons-as-code.md", "utf8")).toContain("LP_BEARER_TOKEN");
});
