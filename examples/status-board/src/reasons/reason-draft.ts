import type { ReasonFragment } from "../gql/graphql.js";

/** The fields of a reason that the form edits. */
export type ReasonDraft = Pick<ReasonFragment, "text" | "state" | "enabled">;

/** Whether two drafts are equal. */
export function isSame(one: ReasonDraft, other: ReasonDraft): boolean {
  return one.text === other.text && one.state === other.state && one.enabled === other.enabled;
}

/** Applies what one person changed since `base` to what another made of it. A field that both changed is as in `mine`. */
export function mergeDrafts(base: ReasonDraft, mine: ReasonDraft, theirs: ReasonDraft): ReasonDraft {
  return {
    text: mine.text === base.text ? theirs.text : mine.text,
    state: mine.state === base.state ? theirs.state : mine.state,
    enabled: mine.enabled === base.enabled ? theirs.enabled : mine.enabled,
  };
}
