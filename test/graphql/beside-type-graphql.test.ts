import { printSchema } from "graphql";
import {
  Authorized,
  Field,
  FieldResolver,
  InputType,
  ObjectType,
  Query,
  Resolver,
  buildSchemaSync,
} from "type-graphql";
import type { BuildSchemaOptions } from "type-graphql";

import { createGateway } from "../../src/index.js";
import { printSubgraphSdl } from "../../src/graphql/schema.js";
import { post } from "../support/gateway.js";

/** A type of the program around the gateway that is named like one of the gateway's. */
@ObjectType("StatusReason")
class ForeignReason {
  @Authorized("ADMIN")
  @Field(() => String)
  secret = "foreign";
}

/** Nobody may make one: TypeGraphQL does, for each input type that it knows. */
@InputType()
class ForeignInput {
  @Field(() => String)
  text!: string;

  constructor() {
    if (ForeignInput.isBroken) throw new Error("not to be made");
  }

  static isBroken = false;
}

@Resolver(() => ForeignReason)
class ForeignResolver {
  @Authorized()
  @Query(() => ForeignReason)
  statusReasons(): ForeignReason {
    return new ForeignReason();
  }

  @FieldResolver(() => String)
  agents(): string {
    return "none";
  }
}

const foreignOptions = {
  resolvers: [ForeignResolver],
  authChecker: () => false,
} as const satisfies BuildSchemaOptions;

const query = `{ statusReasons(accountId: "12345678") { totalCount nodes { text agents { totalCount } } } }`;

async function countReasons(): Promise<unknown> {
  const gateway = await createGateway({ PORT: 0, LOG_LEVEL: "silent" });
  try {
    const { data, errors } = await post<{ statusReasons: { totalCount: number } }>(
      gateway.url,
      JSON.stringify({ query }),
    );
    expect(errors).toEqual([]);
    return data?.statusReasons.totalCount;
  } finally {
    await gateway.stop();
  }
}

describe("a gateway in a program that uses TypeGraphQL itself", () => {
  const sdl = printSubgraphSdl();

  afterEach(() => {
    ForeignInput.isBroken = false;
  });

  it("serves its own resolvers, without the program's guards, types and faults", async () => {
    ForeignInput.isBroken = true;
    expect(await countReasons()).toBeGreaterThan(0);
    expect(printSubgraphSdl()).toBe(sdl);
    expect(sdl).not.toContain("secret");
  });

  it("leaves the program's schema as it would be, before and after", async () => {
    const before = printSchema(buildSchemaSync(foreignOptions));
    await countReasons();
    const after = printSchema(buildSchemaSync(foreignOptions));
    expect(after).toBe(before);
    expect(after).toContain("secret: String!\n  agents: String!");
    expect(after).not.toContain("totalCount");
  });

  it("takes over nothing from a build of the program that failed", async () => {
    ForeignInput.isBroken = true;
    const middleware = (): never => {
      throw new Error("a middleware of the program");
    };
    const options = { ...foreignOptions, globalMiddlewares: [middleware], nullableByDefault: true };
    expect(() => buildSchemaSync(options)).toThrow("not to be made");
    expect(await countReasons()).toBeGreaterThan(0);
    expect(printSubgraphSdl()).toBe(sdl);
  });
});
