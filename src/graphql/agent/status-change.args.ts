import { ArgsType, Field, Int } from "type-graphql";

import { DateTimeISO } from "../shared.types.js";
import type { ActivityWindow } from "../../upstream/api/index.js";
import { defaultPageSize, maxStatusChanges } from "../limits/index.js";
import { clockToleranceMs } from "../time-window/index.js";
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
  @Field(() => DateTimeISO, {
    nullable: true,
    description: `Since when; 24 hours before \`to\` if left out, and at most ${maxDays} days before it. The upstream keeps six months at least.`,
  })
  readonly from?: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: "Until when; now if left out." })
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
  args: StatusChangesArgs,
  now: Date,
): ChangesRange {
  if (args.after != null) return continuedRange(agent, args, args.after, now);
  const to = args.to ?? now;
  const window = { from: args.from ?? new Date(to.getTime() - dayMs), to };
  const faults = faultsOf(window, args, now);
  if (faults.length > 0) throw new InputError(faults);
  return { window, after: undefined };
}

function continuedRange(
  agent: Pick<Agent, "accountId" | "id">,
  given: GivenPeriod,
  after: string,
  now: Date,
): ChangesRange {
  const cursor = readChangesCursor(agent, after);
  if (cursor === undefined || !isOfPeriod(cursor, given)) throw foreignCursor;
  const { window, position } = cursor;
  if (faultsOf(window, given, now).length > 0) throw foreignCursor;
  return { window, after: position };
}

type GivenPeriod = Pick<StatusChangesArgs, "from" | "to">;

/** @param given the arguments that the period comes from, which the faults are about */
function faultsOf(period: ActivityWindow, given: GivenPeriod, now: Date): ValidationFault[] {
  const faults: ValidationFault[] = [];
  const lengthMs = period.to.getTime() - period.from.getTime();
  if (period.to.getTime() > now.getTime() + clockToleranceMs) {
    faults.push({ path: "to", constraint: "isPast", message: "must not be in the future" });
  }
  if (lengthMs <= 0) {
    faults.push(
      given.to == null
        ? { path: "from", constraint: "isPast", message: "must be in the past" }
        : { path: "to", constraint: "isAfterFrom", message: "must be after from" },
    );
  }
  if (lengthMs > maxDays * dayMs) {
    faults.push(
      given.to == null
        ? {
            path: "from",
            constraint: "isWithinMonth",
            message: `must be at most ${maxDays} days ago without to`,
          }
        : { path: "to", constraint: "isWithinMonth", message: `must be at most ${maxDays} days after from` },
    );
  }
  return faults;
}

function isOfPeriod({ window }: ChangesCursor, { from, to }: GivenPeriod): boolean {
  return isSame(window.from, from ?? window.from) && isSame(window.to, to ?? window.to);
}

function isSame(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime();
}

const foreignCursor = new InputError([
  {
    path: "after",
    constraint: "isCursor",
    message: "must be the endCursor of a page of the same agent and period",
  },
]);
