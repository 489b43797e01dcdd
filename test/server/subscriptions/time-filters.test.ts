import { emulatorAccountId as accountId, emulatorReasonIds } from "../../../src/emulator/index.js";
import { startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { nextOf, webSocketClient } from "../../support/subscribers.js";
import type { Events } from "../../support/subscribers.js";

const halfHourMs = 1_800_000;
const subscription = `subscription ($filter: LiveAgentFilter) {
  agentsChanged(accountId: "${accountId}", filter: $filter) { changed { id } leftIds totalCount }
}`;

interface Change {
  readonly changed: readonly { readonly id: string }[];
  readonly leftIds: readonly string[];
  readonly totalCount: number;
}

let gateway: TestGateway;
let client: ReturnType<typeof webSocketClient>;
let nowMs = Date.parse("2026-11-25T12:00:00Z");

beforeAll(async () => {
  gateway = await startTestGateway({}, { now: () => nowMs, liveTimes: { intervalMs: 20 } });
  client = webSocketClient(gateway.url);
});
afterAll(async () => {
  await client.dispose();
  await gateway.stop();
});

const roster = () => gateway.emulator.state.account(accountId).agents;
const follow = (filter: object) => client.iterate({ query: subscription, variables: { filter } }) as Events;
const changeOf = async (events: Events) => (await nextOf(events)).data?.["agentsChanged"] as Change;
const idsOf = ({ changed }: Change) => changed.map(({ id }) => id).sort();

/** The plain way: who has had the reason for half an hour by now. */
const overTime = () =>
  roster()
    .list()
    .filter(
      ({ status, reasonId, reasonSince }) =>
        status !== "OFFLINE" &&
        reasonId !== undefined &&
        reasonSince !== undefined &&
        nowMs - reasonSince >= halfHourMs,
    )
    .map(({ id }) => id)
    .sort();

// Before the other test, whose poller may send one more request when its subscriber has left.
it.each(["minSecondsInState", "minSecondsInReason"])(
  "refuses a negative %s before any call",
  async (name) => {
    const { errors } = await nextOf(follow({ [name]: -1 }));
    expect(errors).toMatchObject([
      {
        path: ["agentsChanged"],
        extensions: { code: "BAD_USER_INPUT", validationErrors: [{ path: `filter.${name}` }] },
      },
    ]);
    expect(gateway.emulator.journal.select({ path: "agent_view" })).toHaveLength(0);
  },
);

it("lets agents enter a filter by time when the time has come, without any change of them", async () => {
  const starts = [halfHourMs - 60_000, halfHourMs - 1];
  const late = roster()
    .list()
    .filter(({ status }) => status === "ONLINE")
    .slice(0, starts.length)
    .map(({ id }) => id);
  late.forEach((id, index) => {
    roster().setStatus(id, "AWAY", emulatorReasonIds.lunch).reasonSince = nowMs - (starts[index] ?? 0);
  });
  const events = follow({ minSecondsInReason: halfHourMs / 1000 });
  const first = await changeOf(events);
  expect(idsOf(first)).toEqual(overTime());

  let known = overTime();
  for (const afterMs of [1, 60_000]) {
    nowMs += afterMs;
    const passing = overTime();
    expect(passing.length).toBeGreaterThan(known.length);
    const entered = passing.filter((id) => !known.includes(id));
    const change = await changeOf(events);
    expect({ ...change, changed: idsOf(change) }).toEqual({
      changed: entered,
      leftIds: [],
      totalCount: passing.length,
    });
    known = passing;
  }
  await events.return?.();
});
