import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { dataOf, startTestGateway } from "../support/gateway.js";
import type { TestGateway } from "../support/gateway.js";

const lookups = { path: "/baseURI.json" };

describe("what one operation may ask of the upstream", () => {
  let gateway: TestGateway;
  afterEach(() => gateway.stop());

  const accounts = (count: number, prefix = "account") =>
    Array.from({ length: count }, (_, index) => `${prefix}_${index}`);
  const refusals = (errors: Awaited<ReturnType<TestGateway["query"]>>["errors"]) =>
    errors.filter(({ extensions }) => extensions["code"] === "BAD_USER_INPUT");

  const representations = accounts(50).map((account) => ({
    __typename: "StatusReason",
    accountId: account,
    id: "1",
  }));
  const entities = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on StatusReason { text } }
  }`;
  const aliased = accounts(50).map(
    (account) => `${account}: statusReasons(accountId: "${account}") { totalCount }`,
  );
  const listed = accounts(50).map(
    (account) => `${account}: agents(accountId: "${account}", ids: ["1"]) { name }`,
  );

  describe.each(["1000", "0"])("COMPILED_OPERATIONS=%s", (compiled) => {
    it.each([
      ["entities", entities, { representations }],
      ["aliased lists", `{ ${aliased.join(" ")} }`, {}],
      ["aliased agents", `{ ${listed.join(" ")} }`, {}],
    ])("is about so many accounts: %s", async (_name, query, variables) => {
      const env = { UPSTREAM: "liveperson", QUERY_MAX_ACCOUNTS: "5", COMPILED_OPERATIONS: compiled };
      gateway = await startTestGateway(env);
      const { errors } = await gateway.query(query, variables);
      expect(errors).not.toEqual([]);
      // Where a root field cannot be null, the first account's error is all that is told.
      if (query === entities) {
        expect(refusals(errors)).toHaveLength(45);
        expect(refusals(errors)[0]?.message).toBe("The operation is about more than 5 accounts.");
      }
      // Lets the calls that are still under way reach the upstream, or end: an error that leaves no data is told at once.
      await gateway.stop();
      expect(gateway.emulator.journal.count()).toBeLessThanOrEqual(5);
    });
  });

  it("needs so many calls", async () => {
    gateway = await startTestGateway({ QUERY_MAX_UPSTREAM_CALLS: "7" });
    const pages = Array.from(
      { length: 20 },
      (_, offset) => `p${offset}: liveAgents(accountId: "${accountId}", offset: ${offset}) { totalCount }`,
    );
    const { errors } = await gateway.query(`{ ${pages.join(" ")} }`);
    expect(refusals(errors)[0]?.message).toBe("The operation needs more than 7 upstream calls.");
    await gateway.stop();
    expect(gateway.emulator.journal.count()).toBe(7);
  });

  it("says of a write over it that nothing was changed", async () => {
    gateway = await startTestGateway({ QUERY_MAX_UPSTREAM_CALLS: "1" });
    const writes = ["a", "b"].map(
      (text) =>
        `${text}: createStatusReason(accountId: "${accountId}", input: { text: "${text}" }) { revision }`,
    );
    const { errors } = await gateway.query(`mutation { ${writes.join(" ")} }`);
    expect(refusals(errors)[0]?.message).toMatch(/upstream calls\. Nothing was changed\.$/);
    expect(gateway.emulator.journal.writes).toHaveLength(1);
  });

  it("is by default enough for 5,000 agents, lists and entities of dozens of accounts", async () => {
    gateway = await startTestGateway({ UPSTREAM: "liveperson" });
    const ids = Array.from({ length: 5_000 }, (_, index) => String(index + 1));
    const lists = accounts(60).map(
      (account) => `${account}: statusReasons(accountId: "${account}") { totalCount }`,
    );
    const representations = accounts(60).map((account) => ({
      __typename: "Agent",
      accountId: account,
      id: "1",
    }));
    const { errors } = await gateway.query(
      `query ($ids: [ID!]!, $representations: [_Any!]!) {
        agents(accountId: "${accountId}", ids: $ids) { id status { state reason { text } } }
        _entities(representations: $representations) { ... on Agent { status { state } } }
        ${lists.join(" ")}
      }`,
      { ids, representations },
    );
    expect(refusals(errors)).toEqual([]);
  });

  it("looks up sixteen hosts at a time, and no caller keeps another from looking up one", async () => {
    gateway = await startTestGateway({ UPSTREAM: "liveperson" });
    const { faults, journal } = gateway.emulator;
    faults.add({ match: { path: "account_" }, latencyMs: 600_000 });
    const aliased = accounts(50).map(
      (account) => `${account}: statusReasons(accountId: "${account}") { totalCount }`,
    );
    const stranger = gateway.query(`{ ${aliased.join(" ")} }`, {}, { token: "stranger" });
    await journal.whenReceived(lookups, 12);
    dataOf(await gateway.query(`{ statusReasons(accountId: "${accountId}") { totalCount } }`));
    expect(journal.count(lookups)).toBe(13);
    faults.clear();
    await stranger;
  });
});
