import { ArgsType, Field } from "type-graphql";

import { DateTimeISO } from "../shared.types.js";
import { floorToMinute, maxWindowAgeMs, maxWindowMs } from "../../upstream/api/index.js";
import type { ViewWindow } from "../../upstream/api/index.js";
import { InputError } from "../validation/index.js";
import type { ValidationFault } from "../validation/index.js";
import { DurationScalar } from "./duration.scalar.js";

// Decorators for the arguments of a window: arguments of a parent class would come before a class's own in the schema.

export function WindowLast(): PropertyDecorator {
  const description = "The time until now, at most 24 hours; not beside `from`. PT24H if all are left out.";
  return Field(() => DurationScalar, { nullable: true, description });
}

export function WindowFrom(): PropertyDecorator {
  const description = "Where the time begins, within the last 14 days. The upstream counts whole minutes.";
  return Field(() => DateTimeISO, { nullable: true, description });
}

export function WindowTo(): PropertyDecorator {
  const description = "Where the time ends, at most 24 hours after `from`; now if left out.";
  return Field(() => DateTimeISO, { nullable: true, description });
}

/**
 * The arguments that say which time a field is about. They have no decorators of class-validator, because their rules
 * depend on the gateway's clock: {@link windowOf} applies them.
 */
@ArgsType()
export class TimeWindowArgs {
  @WindowLast()
  readonly last?: number | null;

  @WindowFrom()
  readonly from?: Date | null;

  @WindowTo()
  readonly to?: Date | null;
}

/** How far the clocks of callers may be ahead; a time that ends in the next minute ends now. */
export const clockToleranceMs = 60_000;

const durationMessage =
  "must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT30M";

/**
 * The window that arguments name.
 *
 * @returns undefined for the last 24 hours, which are the upstream's own default
 * @throws InputError where they name none, or one that the upstream does not have
 */
export function windowOf(args: TimeWindowArgs, nowMs: number): ViewWindow | undefined {
  const { last, from, to } = args;
  const faults =
    last == null ? faultsOfBounds(from?.getTime(), to?.getTime(), nowMs) : faultsOfLast(last, args);
  if (faults.length > 0) throw new InputError(faults);
  if (from != null) return { fromMs: from.getTime(), toMs: to?.getTime() ?? null };
  return last == null || isDefaultWindow(args) ? undefined : { lastMs: last };
}

/** Whether valid arguments name the last 24 hours. */
export function isDefaultWindow({ last, from, to }: TimeWindowArgs): boolean {
  return from == null && to == null && (last == null || last === maxWindowMs);
}

type Rule = readonly [isBroken: boolean, fault: ValidationFault];

function faultOf(path: keyof TimeWindowArgs, constraint: string, message: string): ValidationFault {
  return { path, constraint, message };
}

function faultsOfLast(lastMs: number, args: TimeWindowArgs): readonly ValidationFault[] {
  const others = (["from", "to"] as const).filter((property) => args[property] != null);
  const rules: readonly Rule[] = [
    [Number.isNaN(lastMs), faultOf("last", "isDuration", durationMessage)],
    [lastMs <= 0, faultOf("last", "isPositive", "must be longer than 0")],
    [lastMs > maxWindowMs, faultOf("last", "isWithinDay", "must be at most 24 hours")],
  ];
  return [
    ...broken(rules),
    ...others.map((property) => faultOf(property, "isAlone", "must not be beside last")),
  ];
}

function faultsOfBounds(
  fromMs: number | undefined,
  toMs: number | undefined,
  nowMs: number,
): readonly ValidationFault[] {
  if (fromMs === undefined) {
    return toMs === undefined ? [] : [faultOf("from", "isPresent", "must be given with to")];
  }
  const endMs = Math.min(toMs ?? nowMs, nowMs);
  const isPast = fromMs < nowMs;
  return broken([
    [
      floorToMinute(fromMs) < nowMs - maxWindowAgeMs,
      faultOf("from", "isRecent", "must be within the last 14 days"),
    ],
    [!isPast, faultOf("from", "isPast", "must be in the past")],
    [isPast && endMs <= fromMs, faultOf("to", "isAfterFrom", "must be after from")],
    [(toMs ?? nowMs) > nowMs + clockToleranceMs, faultOf("to", "isPast", "must not be in the future")],
    [
      (toMs ?? nowMs) - fromMs > maxWindowMs,
      toMs === undefined
        ? faultOf("from", "isWithinDay", "must be at most 24 hours ago without to")
        : faultOf("to", "isWithinDay", "must be at most 24 hours after from"),
    ],
  ]);
}

function broken(rules: readonly Rule[]): readonly ValidationFault[] {
  return rules.flatMap(([isBroken, fault]) => (isBroken ? [fault] : []));
}
