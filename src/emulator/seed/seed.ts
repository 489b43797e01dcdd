/** The well-known data, which tests may rely on. */

/** The main account. */
export const emulatorAccountId = "12345678";
/** An account with other reasons, and a revision greater than 2^53. */
export const emulatorSecondAccountId = "87654321";
/** An account without reasons and agents, at revision 0. */
export const emulatorEmptyAccountId = "10000001";

/** Revisions of the accounts' collections. */
export const emulatorRevisions = {
  main: "17890",
  second: "9007199254740993",
  empty: "0",
} as const;

/** Bearer tokens. */
export const emulatorTokens = {
  /** Reads and writes the main and the empty account. */
  admin: "emulator-admin-token",
  /** Reads the main account. */
  readOnly: "emulator-read-only-token",
  /** Reads and writes the second account. */
  otherAccount: "emulator-other-account-token",
  /** Expired: refused with 401. */
  expired: "emulator-expired-token",
} as const;

/** Users of the login service. A user's bearer token has the grant of the token of the same name. */
export const emulatorUsers = {
  admin: { username: "admin", password: "emulator-admin-password" },
  readOnly: { username: "read-only", password: "emulator-read-only-password" },
  /** A user of the second account. */
  otherAccount: { username: "other", password: "emulator-other-password" },
  /** Refused with 451 although the password is right. */
  locked: { username: "locked", password: "emulator-locked-password" },
} as const;

/** OAuth 2.0 clients of the main account; the second one may only read. */
export const emulatorClients = {
  admin: { clientId: "emulator-client", clientSecret: "emulator-client-secret" },
  readOnly: { clientId: "emulator-read-only-client", clientSecret: "emulator-read-only-client-secret" },
} as const;

/** OAuth 1.0a API keys of the main account; the second one may only read. */
export const emulatorApiKeys = {
  admin: {
    appKey: "emulator-app-key",
    appSecret: "emulator-app-secret",
    accessToken: "emulator-access-token",
    accessTokenSecret: "emulator-access-token-secret",
  },
  readOnly: {
    appKey: "emulator-read-only-app-key",
    appSecret: "emulator-read-only-app-secret",
    accessToken: "emulator-read-only-access-token",
    accessTokenSecret: "emulator-read-only-access-token-secret",
  },
} as const;

/** Ids of reasons in the main account. */
export const emulatorReasonIds = {
  lunch: "725987312",
  /** Has the attribute `order`, so that tests notice a write that drops it. */
  coffeeBreak: "725987313",
  training: "725987314",
  backSoon: "3487210042",
  online: "3487210043",
  occupied: "3487210044",
  disabled: "3487210045",
  /** 2^53 + 1: the first integer that a double cannot represent. */
  pastDouble: "9007199254740993",
  /** 2^63 - 1: the largest long. */
  largest: "9223372036854775807",
  deleted: "725987319",
  deletedPastDouble: "9007199254740995",
} as const;

/** Ids of agents in the main account that stand for a case each. All other agents are random, from the seed. */
export const emulatorAgentIds = {
  /** AWAY for Lunch. */
  atLunch: "2434634412",
  /** AWAY for the reason whose id is 2^53 + 1. */
  pastDoubleReason: "2434634415",
  /** AWAY for the reason whose id is 2^63 - 1. */
  largestReason: "2434634418",
  /** AWAY for reasons that do not exist. */
  danglingReasons: ["2434634421", "2434634424", "2434634427"],
  /** AWAY for a reason that was deleted. */
  deletedReason: "2434634430",
  /** AWAY for Coffee break, under the field name of the documentation's table. */
  tableFieldName: "2434634433",
  /** AWAY, the reason id being "NA". */
  reasonNotAvailable: "2434634436",
  /** AWAY, without a field for the reason. */
  reasonMissing: "2434634439",
  /** Has the unknown status "LUNCHING"; the status filter finds it as AWAY. */
  unknownStatus: "2434634442",
  online: "2434634445",
  occupied: "2434634448",
  backSoon: "2434634451",
  /** OFFLINE, logged out an hour ago. */
  offline: "2434634454",
  /** OFFLINE, logged out three days ago: before any window that a query may have. */
  longOffline: "2434634457",
  /** OFFLINE, and never logged in. */
  neverLoggedIn: "2434634460",
  /** The ids of this agent, of the group and of the skills are numbers on the wire. */
  numericIds: "2434634463",
  /** Its id is a number on the wire that a double cannot represent. */
  numericPastDouble: "9007199254740997",
  /** The only agent of user type BOT. */
  bot: "2434634469",
} as const;

/** How many agents the main account starts with. */
export const emulatorAgentCount = 300;

/** Groups of agents. */
export const emulatorGroups = [
  { id: "-1", name: "Main Group" },
  { id: "2434700001", name: "Sales" },
  { id: "2434700002", name: "Service" },
  { id: "2434700003", name: "Поддержка" },
] as const;

/** Skills of agents. */
export const emulatorSkills = [
  { id: "2434921912", name: "Billing" },
  { id: "2434921913", name: "Returns" },
  { id: "2434921914", name: "Français" },
  { id: "2434921915", name: "日本語" },
] as const;
