import { ArgsType, Field, GraphQLISODateTime, Int } from "type-graphql";

import type { ActivityWindow } from "../../upstream/api/index.js";
import { defaultPageSize, maxStatusChanges } from "../limits/index.js";
import { InputError, IsPageLimit } from "../validation/index.js";
import type { ValidationFault } from "../validation/index.js";
import { readChangesCursor } from "./status-change.cursor.js";
import type { ChangesCursor } from "./status-change.cursor.js";
import type { Agent } from "./agent.type.js";

const dayMs = 24 * 60 * 60 * 1000;

/** The API takes a month at most. */
const maxDays = 31;

@ArgsType()
export class StatusChangesArgs {
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: `Since when; 24 hours before \`to\` if left out, and at most ${maxDays} days before it. The upstream keeps six months at least.`,
  })
  readonly from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Until when; now if left out." })
  readonly to?: Date | null;

  @Field(() => Int, {
    defaultValue: defaultPageSize,
    description: `How many changes to return, 1 to ${maxStatusChanges}.`,
  })
  @IsPageLimit(maxStatusChanges)
  readonly first!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "The `endCursor` of the page before, of the same agent and period. `from` and `to` may be left out then.",
  })
  readonly after?: string | null;
}

/** The page that is asked for. */
export interface ChangesRange {
  readonly window: ActivityWindow;
  /** The change that the page comes after; undefined for the first page. */
  readonly after: ChangesCursor["position"] | undefined;
}

/**
 * Reads the page of an agent's history that arguments ask for.
 *
 * @throws InputError where the period is not valid, or the cursor is none of this agent and period
 */
export function readChangesRange(
  agent: Pick<Agent, "accountId" | "id">,
  { from, to, after }: StatusChangesArgs,
  now: Date,
): ChangesRange {
  if (after == null) {
    const end = to ?? now;
    const window = { from: from ?? new Date(end.getTime() - dayMs), to: end };
    const faults = faultsOf(window, now);
    if (faults.length > 0) throw new InputError(faults);
    return { window, after: undefined };
  }
  const cursor = readChangesCursor(agent, after);
  if (cursor === undefined || !isOfPeriod(cursor, from, to) || faultsOf(cursor.window, now).length > 0) {
    throw foreignCursor;
  }
  return { window: cursor.window, after: cursor.position };
}

function faultsOf({ from, to }: ActivityWindow, now: Date): ValidationFault[] {
  const faults: ValidationFault[] = [];
  const lengthMs = to.getTime() - from.getTime();
  if (to > now) {
    faults.push({ path: "to", constraint: "isNotInFuture", message: "must not be in the future" });
  }
  if (lengthMs <= 0) {
    const message = "must be before `to`, which is now if left out";
    faults.push({ path: "from", constraint: "isBeforeTo", message });
  }
  if (lengthMs > maxDays * dayMs) {
    const message = `must be at most ${maxDays} days before \`to\`, which is now if left out`;
    faults.push({ path: "from", constraint: "maxPeriod", message });
  }
  return faults;
}

function isOfPeriod({ window }: ChangesCursor, from: MaybeDate, to: MaybeDate): boolean {
  return isSame(window.from, from ?? window.from) && isSame(window.to, to ?? window.to);
}

function isSame(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime();
}

type MaybeDate = Date | null | undefined;

const foreignCursor = new InputError([
  {
    path: "after",
    constraint: "isCursor",
    message: "must be the endCursor of a page of the same agent and period",
  },
]);
