import type { ReasonFragment } from "../gql/graphql.js";

/** What a person can say of a reason. */
export type ReasonDraft = Pick<ReasonFragment, "text" | "state" | "enabled">;

/** Whether two reasons say the same. */
export function isSame(one: ReasonDraft, other: ReasonDraft): boolean {
  return one.text === other.text && one.state === other.state && one.enabled === other.enabled;
}
