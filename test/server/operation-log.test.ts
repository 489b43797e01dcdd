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

  async function lineOf(text: string, variables = {}): Promise<Record<string, unknown>> {
    const before = gateway.log.lines().length;
    const { headers } = await gateway.query(text, variables);
    const lines = gateway.log.lines().slice(before);
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
    await gateway.query(query, { account: "SecretAccount" });
    expect(gateway.log.text()).not.toMatch(/SecretAccount|totalCount/);
    for (const token of Object.values(emulatorTokens)) expect(gateway.log.text()).not.toContain(token);
  });
});
