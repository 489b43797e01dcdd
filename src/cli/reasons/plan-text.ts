import { styleText } from "node:util";

import type { AppliedItem, DesiredReason, PlannedAction } from "../../status-reasons/index.js";
import type { TerminalOutput } from "../terminal.js";
import { quoteText } from "../terminal.js";

/** How many reasons a plan does what with. */
export type PlanSummary = Readonly<Record<PlannedAction, number>>;

export function summarize(items: readonly Pick<AppliedItem, "action">[]): PlanSummary {
  const summary = { CREATE: 0, UPDATE: 0, DELETE: 0, KEEP: 0 };
  for (const { action } of items) summary[action] += 1;
  return summary;
}

/** Whether a plan writes anything. */
export function hasChanges(items: readonly Pick<AppliedItem, "action">[]): boolean {
  return items.some(({ action }) => action !== "KEEP");
}

type Style = Parameters<typeof styleText>[0];

interface ActionStyle {
  readonly sign: string;
  readonly verb: string;
  readonly style: Style;
}

const actions: Readonly<Record<Exclude<PlannedAction, "KEEP">, ActionStyle>> = {
  CREATE: { sign: "+", verb: "create", style: "green" },
  UPDATE: { sign: "~", verb: "update", style: "yellow" },
  DELETE: { sign: "-", verb: "delete", style: "red" },
};

/**
 * A plan for people, coloured where `output` is a terminal that has colours (`NO_COLOR` and `FORCE_COLOR` are respected).
 *
 * @param reasons as they are to be
 */
export function planText(
  items: readonly AppliedItem[],
  reasons: readonly DesiredReason[],
  output: TerminalOutput,
): string {
  const paint = (style: Style, text: string): string => styleText(style, text, { stream: output });
  const blocks = items.flatMap((item) => {
    if (item.action === "KEEP") return [];
    const { sign, verb, style } = actions[item.action];
    const title = paint(style, `${sign} ${verb}  ${quoteText(nameOf(item, reasons))}`);
    const id = item.before === null ? "" : paint("dim", `  # ${item.before.id}`);
    return [
      `  ${title}${id}\n${linesOf(item, reasons)
        .map((line) => `      ${line}\n`)
        .join("")}`,
    ];
  });
  const { CREATE, UPDATE, DELETE, KEEP } = summarize(items);
  const summary = hasChanges(items)
    ? `Plan: ${CREATE} to create, ${UPDATE} to change, ${DELETE} to delete, ${KEEP} unchanged`
    : `No changes: ${KEEP} unchanged`;
  return `${blocks.join("")}${blocks.length > 0 ? "\n" : ""}${paint("bold", summary)}\n`;
}

/** The text that a reason has now, or will have where it is new. */
export function nameOf({ before, index }: AppliedItem, reasons: readonly DesiredReason[]): string {
  return before?.text ?? (index === undefined ? "" : (reasons[index]?.text ?? ""));
}

function linesOf({ action, index, changes }: AppliedItem, reasons: readonly DesiredReason[]): string[] {
  const reason = index === undefined ? undefined : reasons[index];
  if (action === "CREATE" && reason !== undefined)
    return [`state: ${reason.state}`, `enabled: ${reason.enabled}`];
  return changes.map(({ attribute, from, to }) => `${attribute}: ${show(from)} -> ${show(to)}`);
}

/** Texts in quotes; states and truth values are plain words. */
function show(value: string | boolean): string {
  return typeof value === "string" && !/^[A-Z_]+$/.test(value) ? quoteText(value) : String(value);
}
