import { stripVTControlCharacters } from "node:util";

import { describeLine } from "../../src/observability/logger/pretty-lines.js";

const operation = {
  ...{ level: 30, time: "2026-01-05T09:30:00.000Z", msg: "operation" },
  ...{ operation: "Count", type: "query", durationMs: 12.4, upstreamCalls: 1, requestId: "r1" },
};

const described = (line: object): string =>
  stripVTControlCharacters(describeLine(line as Record<string, unknown>));

describe("a line for a person", () => {
  it("tells of an operation in one line", () => {
    const line = { ...operation, hash: "90e2d13a8f00", outcome: "ok" };
    expect(described(line)).toBe("query Count ok in 12.4 ms, 1 upstream call r1");
  });

  it("tells why one failed", () => {
    const error = {
      code: "UPSTREAM_ERROR",
      message: "The upstream failed.",
      service: "accountConfigReadOnly",
      operation: "listStatusReasons",
      status: 500,
    };
    const failed = { ...operation, outcome: "failed", errorCodes: ["UPSTREAM_ERROR"], accountId: "1", error };
    expect(described(failed)).toBe(
      "query Count failed in 12.4 ms, 1 upstream call: UPSTREAM_ERROR accountConfigReadOnly listStatusReasons 500, account 1: The upstream failed. r1",
    );
    const refused = {
      ...operation,
      operation: null,
      type: "unknown",
      outcome: "refused",
      errorCodes: ["A", "B"],
    };
    expect(described(refused)).toBe("operation refused in 12.4 ms, 1 upstream call: A, B r1");
  });

  it("tells everything else with its members, and stacks below", () => {
    expect(described({ level: 40, time: "t", msg: "write", ids: ["1"], caller: null })).toBe(
      'write ids=["1"] caller=',
    );
    expect(described({ msg: "unexpected error", err: { stack: "Error: x\n    at y" } })).toBe(
      "unexpected error\nError: x\n    at y",
    );
  });

  it("lets nothing act on the terminal", () => {
    const hostile = "\u001b[2J\nx\u0007\u009b";
    const line = describeLine({ ...operation, operation: hostile, outcome: hostile, other: hostile });
    expect(stripVTControlCharacters(line)).not.toMatch(/\p{Cc}/u);
  });
});
