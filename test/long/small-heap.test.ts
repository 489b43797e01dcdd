import { emulatorAccountId } from "../../src/emulator/seed/seed.js";
import { post } from "../support/gateway.js";
import { persisted } from "../support/persisted.js";
import { killProcesses, startProcess } from "../support/process.js";

describe("documents without end", () => {
  afterEach(killProcesses);

  it("fill no small heap, persisted or not", async () => {
    const gateway = startProcess([], {
      PORT: "0",
      LOG_LEVEL: "warn",
      NODE_OPTIONS: "--max-old-space-size=112",
    });
    const [, url = ""] = await gateway.printed(/(http:\S+\/graphql)/);
    const megabyte = `{__typename}${"#\n".repeat(340_000)}`;
    for (let count = 0; count < 25; count += 1) {
      expect(
        (await post(url, JSON.stringify({ query: `${megabyte}${count}` }), { token: null })).status,
      ).toBe(400);
    }
    const fillings = [
      "#\n".repeat(29_000),
      `b: agents(accountId: "${emulatorAccountId}", ids: [${"1 ".repeat(29_000)}]) { id }`,
    ];
    for (let count = 0; count < 100; count += 1) {
      const query = `{ a${count}: __typename ${fillings[count % 2] ?? ""}\n}`;
      const body = JSON.stringify({ query, ...(count % 4 < 2 && { extensions: persisted(query) }) });
      expect((await post(url, body, { token: null })).status).toBe(200);
    }
    for (let count = 0; count < 3_000; count += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => {
          const query = `{a${count + index}:__typename}`;
          return post(url, JSON.stringify({ query, extensions: persisted(query) }), { token: null });
        }),
      );
    }
    expect((await post(url, '{"query":"{__typename}"}')).data).toEqual({ __typename: "Query" });
    gateway.signal("SIGTERM");
    expect(await gateway.exited).toBe(0);
  }, 120_000);
});
