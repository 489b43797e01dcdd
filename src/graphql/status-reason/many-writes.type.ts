import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

import { ItemOutcome, PlannedAction } from "../../status-reasons/index.js";
import { RevisionScalar } from "../shared.types.js";
import { StatusReason } from "./status-reason.type.js";

registerEnumType(ItemOutcome, {
  name: "WriteOutcome",
  description: "The outcome of one write of several. Never more than is known.",
  valuesConfig: {
    DONE: { description: "The upstream confirmed the write, or a later read showed it." },
    UNCHANGED: { description: "There was nothing to do: the reason already was as wanted." },
    FAILED: {
      description: "The change was not made, or only the part of it that the reason shows. `error` says why.",
    },
    UNKNOWN: {
      description:
        "The change may have been made, or may still be: read before you write again. `error` says why.",
    },
    NOT_TRIED: {
      description:
        "Nothing was sent: an earlier write failed in a way that ends the batch, such as a rate limit or the deadline, or a " +
        "write that this one needs failed.",
    },
  },
});

registerEnumType(PlannedAction, {
  name: "PlannedAction",
  description: "What a plan does about one reason.",
  valuesConfig: {
    CREATE: { description: "A new reason. All new ones are created in one upstream call, all or none." },
    UPDATE: { description: "`changes` says what differs." },
    DELETE: { description: "A reason that is not in the desired state, with `deleteOthers`." },
    KEEP: { description: "The reason is as it is to be." },
  },
});

const ConflictKind = {
  STALE_REVISION: "STALE_REVISION",
  DUPLICATE_TEXT: "DUPLICATE_TEXT",
  UNKNOWN: "UNKNOWN",
} as const;

registerEnumType(ConflictKind, {
  name: "ConflictKind",
  description: "What a write conflicts with.",
  valuesConfig: {
    STALE_REVISION: { description: "Somebody else changed the same fields, or deleted the reason." },
    DUPLICATE_TEXT: { description: "Another reason has the text." },
    UNKNOWN: {
      description:
        "The upstream refused the write as a conflict, and what it conflicts with is not to be seen.",
    },
  },
});

@ObjectType({ simpleResolvers: true, description: "What a write conflicts with." })
export class WriteConflict {
  @Field(() => ConflictKind, { description: "The kind of conflict." })
  readonly kind!: keyof typeof ConflictKind;

  @Field(() => RevisionScalar, { nullable: true, description: "The collection's revision now, if known." })
  readonly currentRevision!: string | null;

  @Field(() => StatusReason, {
    nullable: true,
    description:
      "The reason as it is now; of a create, the one that has the text. null if there is none or it is unknown.",
  })
  readonly current!: StatusReason | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Why one write of several failed. The fields are those of an error's `extensions`, see docs/errors.md.",
})
export class WriteError {
  @Field(() => String, { description: "A code of docs/errors.md, such as CONFLICT." })
  readonly code!: string;

  @Field(() => String, { description: "What happened, for people." })
  readonly message!: string;

  @Field(() => Boolean, { description: "Whether the same write may be sent again unchanged." })
  readonly retryable!: boolean;

  @Field(() => Int, { nullable: true, description: "How many seconds to wait before that." })
  readonly retryAfter?: number | undefined;

  @Field(() => WriteConflict, { nullable: true, description: "What the write conflicts with, for CONFLICT." })
  readonly conflict?: WriteConflict | undefined;
}

@ObjectType({ simpleResolvers: true, description: "What became of one write of several." })
export class StatusReasonWriteResult {
  @Field(() => ID, { description: "The reason's id, as in the input." })
  readonly id!: string;

  @Field(() => ItemOutcome, { description: "Whether it was made." })
  readonly outcome!: ItemOutcome;

  @Field(() => StatusReason, {
    nullable: true,
    description:
      "The reason as it is known to be now, with `deleted: true` after a deletion; null if that is unknown.",
  })
  readonly statusReason!: StatusReason | null;

  @Field(() => WriteError, { nullable: true, description: "Why it is FAILED or UNKNOWN; null otherwise." })
  readonly error!: WriteError | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "The result of writes of several reasons, one after the other.",
})
export class StatusReasonWritesPayload {
  @Field(() => [StatusReasonWriteResult], { description: "One for each item, in the order of the input." })
  readonly results!: readonly StatusReasonWriteResult[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description: "The collection's revision after the last write, as far as it is known.",
  })
  readonly revision!: string | null;
}

const StatusReasonAttribute = { TEXT: "TEXT", STATE: "STATE", ENABLED: "ENABLED" } as const;

registerEnumType(StatusReasonAttribute, {
  name: "StatusReasonAttribute",
  description: "An attribute of a reason that can be changed.",
  valuesConfig: {
    TEXT: { description: "The text." },
    STATE: { description: "The state that the reason is for." },
    ENABLED: { description: "Whether agents can choose it." },
  },
});

@ObjectType({ simpleResolvers: true, description: "What an update changes." })
export class AttributeChange {
  @Field(() => StatusReasonAttribute, { description: "The attribute." })
  readonly attribute!: keyof typeof StatusReasonAttribute;

  @Field(() => String, { description: "Its value before; of ENABLED `true` or `false`." })
  readonly from!: string;

  @Field(() => String, { description: "Its value afterwards." })
  readonly to!: string;
}

@ObjectType({ simpleResolvers: true, description: "What is planned for one reason, and what became of it." })
export class PlannedStatusReason {
  @Field(() => PlannedAction, { description: "What is done." })
  readonly action!: PlannedAction;

  @Field(() => Int, {
    nullable: true,
    description: "The reason's place in `reasons` of the input, from 0; null for a DELETE.",
  })
  readonly index!: number | null;

  @Field(() => StatusReason, { nullable: true, description: "The reason before; null for a CREATE." })
  readonly before!: StatusReason | null;

  @Field(() => [AttributeChange], { description: "What an UPDATE changes; empty for the others." })
  readonly changes!: readonly AttributeChange[];

  @Field(() => ItemOutcome, {
    nullable: true,
    description: "Whether it was done; null in a dry run. A KEEP is UNCHANGED.",
  })
  readonly outcome!: ItemOutcome | null;

  @Field(() => StatusReason, {
    nullable: true,
    description: "The reason as it is known to be now; null in a dry run, and if that is unknown.",
  })
  readonly statusReason!: StatusReason | null;

  @Field(() => WriteError, { nullable: true, description: "Why it is FAILED or UNKNOWN; null otherwise." })
  readonly error!: WriteError | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "The plan that leads to a desired state, and what became of it.",
})
export class ApplyStatusReasonsPayload {
  @Field(() => [PlannedStatusReason], {
    description: "One for each desired reason, in the order of the input, then those that are deleted.",
  })
  readonly plan!: readonly PlannedStatusReason[];

  @Field(() => RevisionScalar, {
    nullable: true,
    description:
      "The collection's revision after the last write, as far as it is known; in a dry run the one that the plan was made " +
      "from: as `ifRevision` it makes sure that the plan is still the same.",
  })
  readonly revision!: string | null;
}
