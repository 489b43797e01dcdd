import type { ReasonFragment } from "../gql/graphql.js";

/** The fields of a reason that the form edits. */
export type ReasonDraft = Pick<ReasonFragment, "text" | "state" | "enabled">;

/** Whether two drafts are equal. */
export function isSame(one: ReasonDraft, other: ReasonDraft): boolean {
  return one.text === other.text && one.state === other.state && one.enabled === other.enabled;
}
