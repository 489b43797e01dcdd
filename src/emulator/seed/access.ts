import type { AccessTokens, ApiKey, Client, Grant, LoginUser } from "../access/index.js";
import {
  emulatorAccountId,
  emulatorApiKeys,
  emulatorClients,
  emulatorEmptyAccountId,
  emulatorSecondAccountId,
  emulatorTokens,
  emulatorUsers,
} from "./seed.js";

const adminAccounts = [emulatorAccountId, emulatorEmptyAccountId];
const admin: Grant = { reads: adminAccounts, writes: adminAccounts, activity: [] };
const readOnly: Grant = { reads: [emulatorAccountId], writes: [], activity: [] };
const otherAccount: Grant = {
  reads: [emulatorSecondAccountId],
  writes: [emulatorSecondAccountId],
  activity: [],
};

/** What a machine may do that has the credentials of an OAuth 2.0 client or an API key. */
const forMachine = (grant: Grant): Grant => ({ ...grant, activity: grant.reads });

/** The users of all accounts. */
export const loginUsers: readonly LoginUser[] = [
  { ...emulatorUsers.admin, accountId: emulatorAccountId, userId: "2434600001", grant: admin },
  { ...emulatorUsers.readOnly, accountId: emulatorAccountId, userId: "2434600002", grant: readOnly },
  { ...emulatorUsers.locked, accountId: emulatorAccountId, userId: "2434600003", grant: admin, locked: true },
  {
    ...emulatorUsers.otherAccount,
    accountId: emulatorSecondAccountId,
    userId: "2434600004",
    grant: otherAccount,
  },
];

/** The OAuth 2.0 clients of all accounts. */
export const clients: readonly Client[] = [
  { ...emulatorClients.admin, accountId: emulatorAccountId, grant: forMachine(admin) },
  { ...emulatorClients.readOnly, accountId: emulatorAccountId, grant: forMachine(readOnly) },
];

/** The OAuth 1.0a API keys of all accounts. */
export const apiKeys: readonly ApiKey[] = [
  { ...emulatorApiKeys.admin, grant: forMachine(admin) },
  { ...emulatorApiKeys.readOnly, grant: forMachine(readOnly) },
];

/** Adds the well-known tokens of `emulatorTokens`. */
export function seedTokens(tokens: AccessTokens): void {
  tokens.add(emulatorTokens.admin, admin);
  tokens.add(emulatorTokens.readOnly, readOnly);
  tokens.add(emulatorTokens.otherAccount, otherAccount);
  tokens.add(emulatorTokens.expired, admin, 0);
}
