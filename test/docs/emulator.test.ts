import { readFault } from "../../src/emulator/faults/index.js";
import type { Fault } from "../../src/emulator/faults/index.js";
import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import {
  CreateStatusReasonDocument,
  LiveAgentsDocument,
  StatusReasonsDocument,
} from "../../src/generated/operations.js";
import { startTestGateway } from "../support/gateway.js";
import type { RequestOptions, TestGateway } from "../support/gateway.js";
import { tableRowsOf } from "./markdown.js";

/** The rows of docs/emulator.md that have two columns: what is in backticks in one, and the text of the other. */
function rows(one: string, other: string): [string, string][] {
  return tableRowsOf("docs/emulator.md").flatMap(({ cells }) => {
    const [first, second] = [cells[one], cells[other]];
    return first === undefined || second === undefined ? [] : [[first.replaceAll("`", ""), second]];
  });
}

/** The code that a text begins with, if it begins with one. */
const codeIn = (text: string): string | undefined => /^`([A-Z_]+)`/.exec(text)?.[1];

describe("docs/emulator.md for front ends", () => {
  // A gateway for each: one that was told to wait does so in the next test too.
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await startTestGateway({ UPSTREAM_ATTEMPTS: "1" });
  });
  afterEach(() => gateway.stop());

  const create = (options?: RequestOptions) =>
    gateway.run(CreateStatusReasonDocument, { accountId, input: { text: "Siesta" } }, options);
  const codesOf = ({ errors }: { errors: readonly { extensions: object }[] }) =>
    errors.map(({ extensions }) => (extensions as { code?: string }).code);

  /** What a fault is about: a create, the agents, or else the reasons. */
  const ask = ({ match }: Fault) => {
    if (match?.method === "POST") return create();
    if (match?.path === "agent_view") return gateway.run(LiveAgentsDocument, { accountId });
    return gateway.run(StatusReasonsDocument, { accountId });
  };

  it.each(rows("token", "account `12345678`"))("says what %s may do: %s", async (token, may) => {
    const options = { token: token === "none" ? null : token };
    const list = await gateway.run(StatusReasonsDocument, { accountId }, options);
    expect(codesOf(list)).toEqual(may.startsWith("reads") ? [] : [codeIn(may)]);
    expect(codesOf(await create(options)).length).toBe(may === "reads and writes" ? 0 : 1);
  });

  it.each(rows("fault", "what a page gets"))("says what %s does: %s", async (text, outcome) => {
    const fault = readFault(JSON.parse(text));
    gateway.emulator.faults.add(fault);
    const code = codeIn(outcome);
    expect(codesOf(await ask(fault))).toEqual(code === undefined ? [] : [code]);
  });
});
