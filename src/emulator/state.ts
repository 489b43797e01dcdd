import { AccessTokens, ApiKeys, LoginAttempts } from "./access/index.js";
import { Account, AgentRoster, ReasonCollection } from "./data/index.js";
import type { Journal, ReasonRecord, ReasonWrite } from "./data/index.js";
import type { Faults } from "./faults/index.js";
import type { EmulatorClock } from "./clock.js";
import type { RateLimit } from "./rate-limit.js";
import { Problem } from "./problem.js";
import { seededRandom } from "../lib/index.js";
import {
  createAgentSource,
  createPast,
  apiKeys,
  emulatorAccountId,
  emulatorAgentCount,
  emulatorEmptyAccountId,
  emulatorRevisions,
  emulatorSecondAccountId,
  mainAccountReasons,
  secondAccountReasons,
  seedTokens,
} from "./seed/index.js";

/** What the routes share. */
export interface EmulatorContext {
  readonly state: EmulatorState;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly clock: EmulatorClock;
  /** Epoch milliseconds, by the clock. */
  readonly now: () => number;
}

/** The behaviour in which the editions of the vendor's documentation differ. */
export interface Edition {
  /** The header that has the revision: the current one, or the older edition's quoted `ETag`. */
  revisionHeader: "ac-revision" | "etag";
  /** Status of a successful create: 201 (older edition) or 200 (current one). */
  createdStatus: 200 | 201;
  /** Status of a successful delete. */
  deletedStatus: 200 | 204;
  /** Status of a write whose `If-Match` is stale. */
  staleStatus: 409 | 412;
  /** Whether a list that is requested with the current revision in `If-Match` is a 304, as in sister APIs. */
  conditionalReads: boolean;
  /** The Domain API's status for an unknown account or service. */
  unknownServiceStatus: 400 | 401 | 404;
}

/** The edition that the emulator follows by default. */
const defaultEdition: Readonly<Edition> = {
  revisionHeader: "ac-revision",
  createdStatus: 201,
  deletedStatus: 200,
  staleStatus: 409,
  conditionalReads: true,
  unknownServiceStatus: 404,
};

/** What the state is created from. */
export interface StateSource {
  seed: number;
  now: () => number;
  onWrite: (write: ReasonWrite) => void;
}

interface AccountSeed {
  id: string;
  reasons: readonly ReasonRecord[];
  revision: string;
  agentCount: number;
}

const accountSeeds: readonly AccountSeed[] = [
  {
    id: emulatorAccountId,
    reasons: mainAccountReasons,
    revision: emulatorRevisions.main,
    agentCount: emulatorAgentCount,
  },
  {
    id: emulatorSecondAccountId,
    reasons: secondAccountReasons,
    revision: emulatorRevisions.second,
    agentCount: 5,
  },
  { id: emulatorEmptyAccountId, reasons: [], revision: emulatorRevisions.empty, agentCount: 0 },
];

/** All data of the emulator. A reset replaces it: objects that were read before are stale then. */
export class EmulatorState {
  #data: Data;

  constructor(private readonly source: StateSource) {
    this.#data = seedData(source);
  }

  /** The edition of the documentation that the emulator follows. Its fields may be set. */
  get edition(): Edition {
    return this.#data.edition;
  }

  get accounts(): ReadonlyMap<string, Account> {
    return this.#data.accounts;
  }

  get tokens(): AccessTokens {
    return this.#data.tokens;
  }

  get apiKeys(): ApiKeys {
    return this.#data.apiKeys;
  }

  get loginAttempts(): LoginAttempts {
    return this.#data.loginAttempts;
  }

  /** @throws Problem 404 */
  account(id: string): Account {
    const account = this.accounts.get(id);
    if (account === undefined) throw new Problem(404, "The account was not found.");
    return account;
  }

  /** Resets all data to the seed. */
  reset(): void {
    this.#data = seedData(this.source);
  }
}

interface Data {
  edition: Edition;
  accounts: ReadonlyMap<string, Account>;
  tokens: AccessTokens;
  apiKeys: ApiKeys;
  loginAttempts: LoginAttempts;
}

function seedData(source: StateSource): Data {
  const tokens = new AccessTokens(source.now, seededRandom(source.seed));
  seedTokens(tokens);
  return {
    edition: { ...defaultEdition },
    accounts: new Map(accountSeeds.map((seed) => [seed.id, seedAccount(seed, source)])),
    tokens,
    apiKeys: new ApiKeys(apiKeys, source.now),
    loginAttempts: new LoginAttempts(source.now),
  };
}

function seedAccount(
  { id, reasons, revision, agentCount }: AccountSeed,
  { seed, now, onWrite }: StateSource,
): Account {
  const agents = new AgentRoster(now, createAgentSource(seededRandom(seed), now), createPast(seed));
  agents.addMany(agentCount);
  const collection = new ReasonCollection({
    accountId: id,
    reasons,
    revision: BigInt(revision),
    now,
    onWrite,
  });
  return new Account(id, collection, agents);
}
