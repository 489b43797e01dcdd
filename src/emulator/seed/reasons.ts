import type { ReasonRecord } from "../data/index.js";
import { emulatorReasonIds as ids } from "./seed.js";

function reason(id: string, text: string, state: string, others: Partial<ReasonRecord> = {}): ReasonRecord {
  return { id: BigInt(id), text, state, deleted: false, enabled: true, ...others };
}

/** Twelve reasons, one of them disabled, and two deleted ones. */
export const mainAccountReasons: readonly ReasonRecord[] = [
  reason(ids.lunch, "Lunch", "Away"),
  reason(ids.coffeeBreak, "Coffee break", "Away", { order: 2 }),
  reason(ids.training, "Training", "Away"),
  reason("725987315", "Meeting", "Away"),
  reason("725987316", "Coaching", "Away"),
  reason(ids.deleted, "Smoking break", "Away", { deleted: true }),
  reason(ids.pastDouble, "Обед", "Away"),
  reason(ids.largest, "研修", "Away"),
  reason("725987318", "استراحة", "Away"),
  reason(ids.deletedPastDouble, "Yoga", "Away", { deleted: true, enabled: false }),
  reason(ids.backSoon, "Team huddle", "Back Soon"),
  reason(ids.online, "Taking calls", "Online"),
  reason(ids.occupied, "Follow-up work", "Occupied"),
  reason(ids.disabled, "Fire drill", "Away", { enabled: false }),
];

/** One of them has the id, and another one the text, of a reason of the main account. */
export const secondAccountReasons: readonly ReasonRecord[] = [
  reason(ids.lunch, "Pause", "Away"),
  reason("812345001", "Lunch", "Away"),
  reason("812345002", "Déjeuner", "Away"),
];
