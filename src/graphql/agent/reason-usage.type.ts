import { Field, Float, Int, ObjectType } from "type-graphql";

import { DateTimeISO } from "../shared.types.js";
import { agentViewCap } from "../../upstream/api/index.js";
import { StatusReason } from "../status-reason/index.js";

@ObjectType({ simpleResolvers: true, description: "How much time agents spent for one reason." })
export class ReasonUsage {
  @Field(() => StatusReason, {
    nullable: true,
    description:
      "The reason, even if it was deleted since; null for time without one, or with one that does not exist any more.",
  })
  readonly reason!: StatusReason | Error | null;

  @Field(() => Int, { description: "How many agents gave the reason." })
  readonly agentCount!: number;

  @Field(() => Float, { description: "How long all of them together, in seconds." })
  readonly seconds!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "How much time an account's agents spent for which reason, as the upstream counts it: fresh to one minute, and " +
    "without bots.",
})
export class ReasonUsageReport {
  @Field(() => DateTimeISO, { description: "Where the time begins: a whole minute." })
  readonly from!: Date;

  @Field(() => DateTimeISO, {
    description: "Where the time ends: a whole minute, or when the upstream was asked.",
  })
  readonly to!: Date;

  @Field(() => [ReasonUsage], {
    description:
      "The reasons that were given, most time first, and of the same time by id; time without a reason, such as most " +
      "of ONLINE, is an entry too.",
  })
  readonly usages!: readonly ReasonUsage[];

  @Field(() => Int, { description: "How many agents the time is of." })
  readonly agentCount!: number;

  @Field(() => Float, { description: "The time of all usages, in seconds: that of all agents logged in." })
  readonly seconds!: number;

  @Field(() => Boolean, {
    description: `Whether agents are missing: the upstream shows at most ${agentViewCap} agents, the first by id.`,
  })
  readonly truncated!: boolean;
}
