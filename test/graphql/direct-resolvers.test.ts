import "reflect-metadata";

import { graphql } from "graphql";
import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  Int,
  Query,
  Resolver,
  UseMiddleware,
  buildSchemaSync,
  createResolversMap,
} from "type-graphql";
import type { MiddlewareFn } from "type-graphql";

import { directResolvers } from "../../src/graphql/direct-resolvers.js";

const refuse: MiddlewareFn = () => Promise.reject(new Error("refused by a middleware"));

@ArgsType()
class CountArgs {
  @Field(() => Int, { defaultValue: 1 })
  readonly count!: number;

  readonly initial: string = "initial";
}

@Resolver()
class OpenResolver {
  @Query(() => String)
  open(@Args(() => CountArgs) { count, initial }: CountArgs): string {
    return `${String(count)} ${initial}`;
  }

  @Query(() => String)
  part(@Args(() => CountArgs) { count }: CountArgs, @Ctx("name") name: string): string {
    return `${String(count)} ${name}`;
  }

  @Query(() => String)
  single(@Arg("one", () => String) one: string): string {
    return one;
  }

  @Authorized()
  @Query(() => String)
  authorized(@Args(() => CountArgs) { count }: CountArgs): string {
    return String(count);
  }

  @Authorized("ADMIN")
  @Query(() => String)
  forRole(@Args(() => CountArgs) { count }: CountArgs): string {
    return String(count);
  }

  @UseMiddleware(refuse)
  @Query(() => String)
  guarded(@Args(() => CountArgs) { count }: CountArgs): string {
    return String(count);
  }
}

@Resolver()
@UseMiddleware(refuse)
class GuardedResolver {
  @Query(() => String)
  guardedClass(@Args(() => CountArgs) { count }: CountArgs): string {
    return String(count);
  }
}

@Resolver()
@Authorized()
class AuthorizedResolver {
  @Query(() => String)
  authorizedClass(@Args(() => CountArgs) { count }: CountArgs): string {
    return String(count);
  }
}

describe("direct resolvers", () => {
  const schema = buildSchemaSync({
    resolvers: [OpenResolver, GuardedResolver, AuthorizedResolver],
    authChecker: () => false,
    validate: false,
  });
  const usual = createResolversMap(schema)["Query"] as Parameters<typeof directResolvers>[0];
  const direct = directResolvers(usual);
  for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
    const resolve = direct[name];
    if (resolve !== undefined) field.resolve = resolve;
  }

  async function ask(source: string): Promise<unknown> {
    const { data, errors } = await graphql({ schema, source, contextValue: { name: "context" } });
    return errors?.[0]?.message ?? Object.values(data ?? {})[0];
  }

  it("call a method that nothing guards", async () => {
    expect(direct["open"]).not.toBe(usual["open"]);
    expect(await ask("{ open(count: 2) }")).toBe("2 initial");
    expect(await ask("{ open }")).toBe("1 initial");
  });

  it.each([
    ["authorized", "Access denied! You need to be authenticated to perform this action!"],
    ["authorizedClass", "Access denied! You need to be authenticated to perform this action!"],
    ["forRole", "Access denied! You don't have permission for this action!"],
    ["guarded", "refused by a middleware"],
    ["guardedClass", "refused by a middleware"],
  ])("pass no guard of %s", async (name, message) => {
    expect(direct[name]).toBe(usual[name]);
    expect(await ask(`{ ${name}(count: 2) }`)).toBe(message);
  });

  it.each([
    ["part", "{ part(count: 2) }", "2 context"],
    ["single", `{ single(one: "1") }`, "1"],
  ])("leave parameters of other kinds to TypeGraphQL: %s", async (name, query, told) => {
    expect(direct[name]).toBe(usual[name]);
    expect(await ask(query)).toBe(told);
  });
});
