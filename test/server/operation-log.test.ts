import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";

const query = `query Count($account: ID!) { statusReasons(accountId: $account) { totalCount } }`;

describe("the log", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterEach(() => {
    gateway.emulator.faults.clear();
  });
  afterAll(() => gateway.stop());

  async function linesOf(text: string, variables = {}) {
    const before = gateway.log.lines().length;
    const { headers } = await gateway.query(text, variables);
    return { headers, lines: gateway.log.lines().slice(before) };
  }

  async function lineOf(text: string, variables = {}): Promise<Record<string, unknown>> {
    const { headers, lines } = await linesOf(text, variables);
    const [line = {}] = lines;
    expect(lines).toHaveLength(1);
    expect(line["requestId"]).toBe(headers.get("x-request-id"));
    return line;
  }

  it("has one line for each operation", async () => {
    expect(await lineOf(query, { account: emulatorAccountId })).toEqual({
      level: 30,
      time: expect.any(String) as string,
      msg: "operation",
      requestId: expect.any(String) as string,
      operation: "Count",
      hash: expect.stringMatching(/^[\da-f]{12}$/) as string,
      type: "query",
      outcome: "ok",
      durationMs: expect.any(Number) as number,
      upstreamCalls: 1,
    });
  });

  it("has the codes of what went wrong", async () => {
    gateway.emulator.faults.add({ status: 403 });
    expect(await lineOf(query, { account: emulatorAccountId })).toMatchObject({
      outcome: "failed",
      errorCodes: ["FORBIDDEN"],
    });
  });

  it.each([
    [{ status: 500 }, 40, "UPSTREAM_ERROR", "The upstream failed.", 500],
    [{ status: 403 }, 30, "FORBIDDEN", "The token does not allow this.", 403],
    [
      { status: 400, body: '{"message":"secret"}' },
      30,
      "BAD_USER_INPUT",
      "The upstream refused the input.",
      400,
    ],
  ])("tells in one line where an operation failed with %j", async (fault, level, code, message, status) => {
    gateway.emulator.faults.add(fault);
    const { lines } = await linesOf(query, { account: emulatorAccountId });
    expect(lines.filter(({ msg }) => msg === "operation")).toEqual([
      expect.objectContaining({
        level,
        outcome: "failed",
        errorCodes: [code],
        accountId: emulatorAccountId,
        error: { code, message, service: "accountConfigReadOnly", operation: "listStatusReasons", status },
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  it("names the account of an entity that failed", async () => {
    gateway.emulator.faults.add({ status: 500 });
    const entity = { __typename: "StatusReason", accountId: emulatorAccountId, id: "1" };
    const entities = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on StatusReason { text } } }`;
    const { lines } = await linesOf(entities, { of: [entity] });
    expect(lines.at(-1)).toMatchObject({ level: 40, accountId: emulatorAccountId });
  });

  it("tells of the most serious error, and the account that it is about", async () => {
    gateway.emulator.faults.add({ match: { path: "status-reasons/2" }, status: 500 });
    const aliases = `query ($account: ID!, $other: ID!) {
      a: statusReason(accountId: $other, id: "1") { text }
      b: statusReason(accountId: $account, id: "2") { text }
    }`;
    const { lines } = await linesOf(aliases, { account: emulatorAccountId, other: "unknown" });
    expect(lines.at(-1)).toMatchObject({ level: 40, accountId: emulatorAccountId, error: { status: 500 } });
  });

  it("does not hold the upstream responsible for a caller who leaves", async () => {
    gateway.emulator.faults.add({ hang: true });
    const received = gateway.emulator.journal.count();
    const before = gateway.log.lines().length;
    const caller = new AbortController();
    const left = gateway.query(query, { account: emulatorAccountId }, { signal: caller.signal });
    await gateway.emulator.journal.whenReceived({}, received + 1);
    caller.abort();
    await expect(left).rejects.toThrow();
    while (gateway.log.lines().length === before) await new Promise(setImmediate);
    expect(gateway.log.lines().slice(before)).toEqual([
      expect.objectContaining({ level: 30, errorCodes: ["CANCELLED"] }),
    ]);
    expect(await (await fetch(`${gateway.origin}/metrics`)).text()).toContain(
      'status_reason_gateway_operation_errors_total{code="CANCELLED"} 1\n',
    );
  });

  it.each([
    ["{", "GRAPHQL_PARSE_FAILED"],
    ["{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ])("tells what was refused: %s", async (text, code) => {
    const line = await lineOf(text);
    expect(line).toMatchObject({ type: "unknown", outcome: "refused", upstreamCalls: 0, errorCodes: [code] });
  });

  it("cuts a name that is as long as a body", async () => {
    const line = await lineOf(`query ${"N".repeat(10_000)} { __typename }`);
    expect(line["operation"]).toBe("N".repeat(64));
  });

  it("has neither tokens nor variables nor the text of the document", async () => {
    await gateway.query(query, { account: "Secret-Account" });
    await gateway.query(query, { account: { SecretAccount: 1 } });
    expect(gateway.log.text()).not.toMatch(/Secret|totalCount/);
    for (const token of Object.values(emulatorTokens)) expect(gateway.log.text()).not.toContain(token);
  });
});
