import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

import { StatusChangeKind } from "../../upstream/api/index.js";
import { AgentState, DateTimeISO } from "../shared.types.js";
import { StatusReason } from "../status-reason/index.js";

registerEnumType(StatusChangeKind, {
  name: "StatusChangeKind",
  description: "What an entry of an agent's history says.",
  valuesConfig: {
    CHANGE: { description: "The agent's state or reason changed." },
    LOGIN: { description: "The agent logged in." },
    LOGOUT: { description: "The agent logged out." },
    UNKNOWN: { description: "The upstream sent a value that this schema does not know yet." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "One entry of an agent's history, from the Agent Activity API.",
})
export class StatusChange {
  /** The account of `reason`; not part of the schema. */
  readonly accountId!: string;

  /** The id that `reason` is looked up by; not part of the schema. */
  readonly reasonId!: string | null;

  @Field(() => DateTimeISO, { description: "When it happened." })
  readonly at!: Date;

  @Field(() => StatusChangeKind, { description: "Whether it is a change, a login or a logout." })
  readonly kind!: StatusChangeKind;

  @Field(() => AgentState, {
    description:
      "The state from then on; OFFLINE after a logout, and UNKNOWN if the upstream does not say, as for most logins: " +
      "the change that follows at the same time has it. OCCUPIED is what the API calls it; the live view may say " +
      "BACK_SOON of the same agent.",
  })
  readonly state!: AgentState;

  @Field(() => StatusReason, {
    nullable: true,
    description:
      "The reason that the agent gave, as it is today, even if it was deleted since; null if the agent gave none, or " +
      "one that does not exist any more.",
  })
  readonly reason?: StatusReason | null;

  @Field(() => String, {
    nullable: true,
    description: "The reason's text as it was then; null if there was none.",
  })
  readonly reasonText!: string | null;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: "When the agent's change before this one was; null if the upstream does not say.",
  })
  readonly previousAt!: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: "The session, from login to logout; null if the upstream does not say, as for most logins.",
  })
  readonly sessionId!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "The number of the change in its session; -1 for a login, and 1 for the state that follows it.",
  })
  readonly sequenceNumber!: number | null;
}

@ObjectType({ simpleResolvers: true, description: "Where a page of a list ends." })
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after the page." })
  readonly hasNextPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "What `after` takes to continue; null for an empty page.",
  })
  readonly endCursor!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of an agent's history." })
export class StatusChangeConnection {
  @Field(() => [StatusChange], {
    description: "The changes, oldest first; those of the same time by `sequenceNumber`.",
  })
  readonly nodes!: readonly StatusChange[];

  @Field(() => PageInfo, { description: "Where the page ends." })
  readonly pageInfo!: PageInfo;
}
