import {
  emulatorAccountId as main,
  emulatorEmptyAccountId as empty,
  emulatorReasonIds as ids,
  emulatorSecondAccountId as second,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";

import { jsonIn, reasonsPath, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const ask = (body: unknown, token: string | null = emulatorTokens.admin): Promise<EmulatorResponse> =>
  running.call("/api/account/configuration/le-agents/status-reasons/query?v=1.0", {
    method: "POST",
    token,
    body,
  });
const query = (...parameters: unknown[]): unknown => ({ type: 1, parameters });

/** Raises the revision to 17893: two creates and a delete. */
async function change(): Promise<void> {
  for (const text of ["Gym", "Swim"]) {
    await running.call(reasonsPath(), { method: "POST", body: { text, state: "Away" } });
  }
  const headers = { "if-match": "-1" };
  await running.call(reasonsPath(`/${ids.lunch}`), { method: "DELETE", headers });
}

describe("delta", () => {
  test("tells what changed since a revision, deletions included", async () => {
    await change();
    const answer = await ask(query({ site: main, revision: 17891 }));
    expect(answer.headers.get("ac-revision")).toBe("17893");
    expect(jsonIn(answer)).toEqual({
      appDataList: [
        {
          appName: "status-reasons",
          appApiVersion: 1,
          accountList: {
            accountList: [
              {
                siteId: main,
                itemsCollection: {
                  items: [
                    expect.objectContaining({ text: "Swim", deleted: false }),
                    expect.objectContaining({ text: "Lunch", deleted: true }),
                  ],
                  revision: 17893,
                  context: { contextType: "ACCOUNT", contextId: main },
                },
              },
            ],
          },
        },
      ],
    });
  });

  test("tells each reason once, as it is now", async () => {
    await change();
    const { text } = await ask(query({ site: main, revision: 0 }));
    expect(text.match(/"text":/g)).toHaveLength(16);
    expect(text.match(/"text":"Lunch"/g)).toHaveLength(1);
  });

  test("tells of several accounts at once", async () => {
    const answer = await ask(query({ site: main, revision: 17890 }, { site: empty, revision: 0 }));
    expect(answer.text).toContain(`"siteId":"${main}","itemsCollection":{"items":[],"revision":17890`);
    expect(answer.text).toContain(`"siteId":"${empty}","itemsCollection":{"items":[],"revision":0`);
  });
});

describe("history", () => {
  test("tells what each revision changed, in no promised order", async () => {
    await change();
    const answer = await ask(query({ site: main, from: 17892, to: 17893 }));
    const revisionDate = "2026-01-15 12:00:00";
    expect(jsonIn(answer)).toEqual([
      {
        siteId: main,
        revisionsCollection: [
          {
            revision: 17893,
            revisionDate,
            items: [expect.objectContaining({ text: "Lunch", deleted: true })],
          },
          { revision: 17892, revisionDate, items: [expect.objectContaining({ text: "Swim" })] },
        ],
      },
    ]);
  });

  test("tells revisions past 2^53", async () => {
    const parameter = { site: second, from: 9007199254740992n, to: 9007199254740993n };
    const { text } = await ask(query(parameter), emulatorTokens.otherAccount);
    expect(text).toContain('"revision":9007199254740993,');
    expect(text).toContain('"revision":9007199254740992,');
  });
});

test.each([
  ["no JSON", "{", 400],
  ["another type", { type: 2, parameters: [{ site: main, revision: 1 }] }, 400],
  ["no parameters", { type: 1 }, 400],
  ["an empty list of parameters", query(), 400],
  ["no site", query({ revision: 1 }), 400],
  ["no revision", query({ site: main }), 400],
  ["no end", query({ site: main, from: 1 }), 400],
  ["an end before the beginning", query({ site: main, from: 2, to: 1 }), 400],
  ["both kinds at once", query({ site: main, revision: 1 }, { site: main, from: 1, to: 2 }), 400],
  ["an account that does not exist", query({ site: "99999999", revision: 1 }), 404],
  ["another brand's account", query({ site: main, revision: 1 }, { site: second, revision: 1 }), 403],
])("refuses %s", async (_what, body, status) => {
  expect((await ask(body)).status).toBe(status);
});

test("needs a token", async () => {
  expect((await ask(query({ site: main, revision: 1 }), null)).status).toBe(401);
});
