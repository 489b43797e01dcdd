import type { EmulatedAgent } from "../data/index.js";
import { pick } from "../../lib/index.js";
import type { Random } from "../../lib/index.js";
import { emulatorAgentIds as ids, emulatorGroups, emulatorReasonIds, emulatorSkills } from "./seed.js";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const firstId = 2_434_634_412;
const idStep = 3;
/** Weighted: a status that is listed more often is more frequent. */
const statuses = [
  "ONLINE",
  "ONLINE",
  "ONLINE",
  "ONLINE",
  "AWAY",
  "AWAY",
  "AWAY",
  "BACK_SOON",
  "OFFLINE",
  "OCCUPIED",
];
const givenNames = ["Ada", "Björn", "Chidi", "Daria", "Emeka", "Fatima", "Giulia", "Haruki", "Irina", "José"];
const familyNames = [
  "Abe",
  "Becker",
  "Costa",
  "Dubois",
  "Eze",
  "Fischer",
  "García",
  "Haddad",
  "Ivanova",
  "Jansen",
];
const awayReasonIds = [
  emulatorReasonIds.lunch,
  emulatorReasonIds.coffeeBreak,
  emulatorReasonIds.training,
  emulatorReasonIds.pastDouble,
  undefined,
];

/** Creates a source of agents. The same random source and clock yield the same agents. */
export function createAgentSource(random: Random, now: () => number): () => EmulatedAgent {
  const traits = notableTraits(now());
  let made = 0;
  return () => {
    const agent = randomAgent(made, random, now());
    made += 1;
    return { ...agent, ...traits[agent.id] };
  };
}

function randomAgent(number: number, random: Random, now: number): EmulatedAgent {
  const id = String(firstId + number * idStep);
  const status = pick(random, statuses);
  const statusSince = now - Math.floor(random() * 8 * hourMs);
  const reasonId = status === "AWAY" ? pick(random, awayReasonIds) : undefined;
  const name = `${pick(random, givenNames)} ${pick(random, familyNames)}`;
  const active = Math.floor(random() * 5);
  return {
    id,
    name,
    nickname: name.split(" ")[0] ?? name,
    loginName: `agent${number}@example.com`,
    pictureUrl: `https://pictures.example.com/${id}.png`,
    userType: "HUMAN",
    group: pick(random, emulatorGroups),
    skills: emulatorSkills.filter(() => random() < 0.4),
    status,
    statusSince,
    reasonId,
    reasonSince: reasonId === undefined ? undefined : statusSince + 2000,
    loggedOutAt: status === "OFFLINE" ? statusSince : undefined,
    activeConversations: active,
    assignedConversations: active + Math.floor(random() * 2),
    maxSlots: 10 * (1 + Math.floor(random() * 3)),
    spelling: {
      numericIds: random() < 0.2,
      reasonField: random() < 0.15 ? "agentCurrentStatusReason" : "agentCurrentStatusReasonId",
      noReason: random() < 0.5 ? "NA" : "missing",
    },
  };
}

const plainSpelling: EmulatedAgent["spelling"] = {
  numericIds: false,
  reasonField: "agentCurrentStatusReasonId",
  noReason: "missing",
};

function inStatus(
  status: string,
  statusSince: number,
  others: Partial<EmulatedAgent> = {},
): Partial<EmulatedAgent> {
  const noReason = { reasonId: undefined, reasonSince: undefined, loggedOutAt: undefined };
  return { status, statusSince, ...noReason, spelling: plainSpelling, ...others };
}

function awayFor(reasonId: string, now: number, others: Partial<EmulatedAgent> = {}): Partial<EmulatedAgent> {
  const since = now - 20 * minuteMs;
  return inStatus("AWAY", since, { reasonId, reasonSince: since + 2000, ...others });
}

/** The fields that the agents of `emulatorAgentIds` have instead of random ones, by id. */
function notableTraits(now: number): Record<string, Partial<EmulatedAgent>> {
  const since = now - hourMs;
  const [group, skill] = [emulatorGroups[0], emulatorSkills[0]];
  return {
    [ids.atLunch]: awayFor(emulatorReasonIds.lunch, now, { group, skills: [skill] }),
    [ids.pastDoubleReason]: awayFor(emulatorReasonIds.pastDouble, now),
    [ids.largestReason]: awayFor(emulatorReasonIds.largest, now),
    [ids.danglingReasons[0]]: awayFor("600000001", now),
    [ids.danglingReasons[1]]: awayFor("600000002", now),
    [ids.danglingReasons[2]]: awayFor("9007199254740999", now),
    [ids.deletedReason]: awayFor(emulatorReasonIds.deleted, now),
    [ids.tableFieldName]: awayFor(emulatorReasonIds.coffeeBreak, now, {
      spelling: { ...plainSpelling, reasonField: "agentCurrentStatusReason" },
    }),
    [ids.reasonNotAvailable]: inStatus("AWAY", since, { spelling: { ...plainSpelling, noReason: "NA" } }),
    [ids.reasonMissing]: inStatus("AWAY", since),
    [ids.unknownStatus]: inStatus("LUNCHING", since, { effectiveStatus: "AWAY" }),
    [ids.online]: inStatus("ONLINE", since),
    [ids.occupied]: inStatus("OCCUPIED", since),
    [ids.backSoon]: inStatus("BACK_SOON", since),
    [ids.offline]: inStatus("OFFLINE", since, { loggedOutAt: since }),
    [ids.longOffline]: inStatus("OFFLINE", now - 72 * hourMs, { loggedOutAt: now - 72 * hourMs }),
    [ids.neverLoggedIn]: inStatus("OFFLINE", since),
    [ids.numericIds]: awayFor(emulatorReasonIds.lunch, now, {
      skills: [skill],
      spelling: { ...plainSpelling, numericIds: true },
    }),
    "2434634466": awayFor(emulatorReasonIds.lunch, now, {
      id: ids.numericPastDouble,
      spelling: { ...plainSpelling, numericIds: true },
    }),
    [ids.bot]: inStatus("ONLINE", since, { userType: "BOT" }),
  };
}
