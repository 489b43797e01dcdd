import { emulatorAccountId } from "../../../src/emulator/seed/seed.js";
import { errorOf, useTestGateway } from "../../support/gateway.js";

const a = emulatorAccountId;

/** The operation, and the path and constraint of each fault it must be refused with. */
const refused: readonly [operation: string, faults: readonly string[]][] = [
  [`{ statusReasons(accountId: "") { totalCount } }`, ["accountId matches"]],
  [`{ statusReasons(accountId: "a/../b") { totalCount } }`, ["accountId matches"]],
  [`{ statusReasons(accountId: "${"1".repeat(21)}") { totalCount } }`, ["accountId matches"]],
  [`{ statusReasons(accountId: "${a}", filter: { state: UNKNOWN }) { totalCount } }`, ["filter.state isIn"]],
  [`{ statusReason(accountId: "${a}", id: "0") { id } }`, ["id isLongId"]],
  [`{ statusReason(accountId: "${a}", id: "-5") { id } }`, ["id isLongId"]],
  [`{ statusReason(accountId: "${a}", id: "007") { id } }`, ["id isLongId"]],
  [`{ statusReason(accountId: "${a}", id: "1e3") { id } }`, ["id isLongId"]],
  [`{ statusReason(accountId: "${a}", id: "9223372036854775808") { id } }`, ["id isLongId"]],
  [`{ statusReason(accountId: "!", id: "x") { id } }`, ["accountId matches", "id isLongId"]],
  [create(`{ text: "" }`), ["input.text isNotBlank"]],
  [create(`{ text: " \\t " }`), ["input.text isNotBlank"]],
  [create(`{ text: "${"x".repeat(101)}" }`), ["input.text maxLength"]],
  [create(`{ text: "a\\u0007b" }`), ["input.text noControlCharacters"]],
  [create(`{ text: "a\\nb" }`), ["input.text noControlCharacters"]],
  [create(`{ text: "<b>" }`), ["input.text noMarkup"]],
  [create(`{ text: "a>b", state: OFFLINE }`), ["input.state isIn", "input.text noMarkup"]],
  [create(`{ text: "Lunch", state: UNKNOWN }`), ["input.state isIn"]],
  [createMany("[]"), ["input.items arrayMinSize"]],
  [
    createMany(`[${Array.from({ length: 101 }, (_, i) => `{ text: "${i}" }`).join(" ")}]`),
    ["input.items arrayMaxSize"],
  ],
  [
    createMany(`[{ text: "A" }, { text: "" }, { text: "B" }, { text: "<", state: OFFLINE }]`),
    ["input.items.1.text isNotBlank", "input.items.3.state isIn", "input.items.3.text noMarkup"],
  ],
  [createMany(`[{ text: "A" }, { text: "B" }, { text: " A " }]`), ["input.items uniqueTexts"]],
  [createMany(`[{ text: "é" }, { text: "e\\u0301" }]`), ["input.items uniqueTexts"]],
  [update("{}"), ["input changesSomething"]],
  [update("{ text: null, enabled: null }"), ["input changesSomething"]],
  [update(`{ text: "" }`), ["input.text isNotBlank"]],
  [update("{ state: OFFLINE }"), ["input.state isIn"]],
  [`mutation { deleteStatusReason(accountId: "${a}", id: "abc") { revision } }`, ["id isLongId"]],
];

function create(input: string): string {
  return `mutation { createStatusReason(accountId: "${a}", input: ${input}) { revision } }`;
}

function createMany(items: string): string {
  return `mutation { createStatusReasons(accountId: "${a}", input: { items: ${items} }) { revision } }`;
}

function update(input: string): string {
  return `mutation { updateStatusReason(accountId: "${a}", id: "725987312", input: ${input}) { revision } }`;
}

interface Fault {
  readonly path: string;
  readonly constraint: string;
  readonly message: string;
}

describe("validation", () => {
  const gateway = useTestGateway();

  it.each(refused)("refuses %s before any upstream call", async (operation, expected) => {
    const answer = await gateway.query(operation);
    const { extensions } = errorOf(answer);
    expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", retryable: false });
    const faults = extensions["validationErrors"] as Fault[];
    expect(faults.map(({ path, constraint }) => `${path} ${constraint}`).sort()).toEqual(expected);
    expect(faults.every(({ message }) => message.startsWith("must "))).toBe(true);
    expect(answer.status).toBe(200);
    expect(gateway.emulator.journal.requests).toEqual([]);
  });

  it("names the items that have the same text", async () => {
    const error = errorOf(await gateway.query(createMany(`[{ text: "A" }, { text: "B" }, { text: " A " }]`)));
    expect(error.message).toContain("items 0 and 2 have the same");
  });

  it.each([
    `{ text: "${"x".repeat(100)}" }`,
    `{ text: "  ${"x".repeat(100)}  " }`,
    `{ text: "Обед, 昼休み (1)", state: BACK_SOON }`,
    `{ text: "Occupied", state: OCCUPIED, enabled: false }`,
  ])("lets %s through", async (input) => {
    expect((await gateway.query(create(input))).errors).toEqual([]);
  });

  it("refuses an explicit null that a variable brings as BAD_USER_INPUT", async () => {
    const query = `query ($a: ID = "${a}") { statusReasons(accountId: $a) { totalCount } }`;
    const error = errorOf(await gateway.query(query, { a: null }));
    expect(error.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      requestId: expect.any(String) as string,
    });
    expect(gateway.emulator.journal.requests).toEqual([]);
  });
});
