import fc from "fast-check";
import { buildASTSchema, isObjectType, parse, print } from "graphql";

import { fieldCosts, maxItems } from "../../../src/graphql/limits/field-costs.js";
import { buildSchema, printSubgraphSdl } from "../../../src/graphql/schema.js";
import { passingHere } from "../../../src/loaders/live-agent-filter.js";
import { AgentState } from "../../../src/upstream/api/index.js";

describe("the table of costs", () => {
  it.each(["Query", "Mutation"])("has every field of %s", (name) => {
    const type = buildSchema().getType(name);
    const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
    const plain = fields.filter((field) => !(`${name}.${field}` in fieldCosts));
    expect(plain).toEqual(name === "Query" ? ["_service"] : []);
  });

  it("names no argument that a field does not have", () => {
    const schema = buildSchema();
    for (const [coordinate, { records }] of Object.entries(fieldCosts)) {
      const [typeName = "", fieldName = ""] = coordinate.split(".");
      const type = schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
      const argument = records?.argument?.split(".")[0];
      if (field === undefined || argument === undefined) continue;
      expect(field.args.map(({ name }) => name)).toContain(argument);
    }
  });

  it("charges live agents for the whole view where the loader reads it", () => {
    const states = Object.values(AgentState).filter((state) => state !== AgentState.UNKNOWN);
    const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
    const filters = fc.record(
      {
        states: orNull(fc.subarray(states)),
        reasonIds: orNull(fc.array(fc.constant("1"))),
        groupIds: orNull(fc.array(fc.constant("2"))),
        minSecondsInState: orNull(fc.nat()),
        minSecondsInReason: orNull(fc.nat()),
      },
      { requiredKeys: [] },
    );
    const { surcharge } = fieldCosts["Query.liveAgents"] ?? {};
    fc.assert(
      fc.property(filters, (filter) => {
        expect(surcharge?.({ filter })).toBe(passingHere(filter) === undefined ? 0 : 10_000);
      }),
    );
  });

  it.each([1, "OCCUPIED", [], [[null]], { states: 7 }, { states: [["OCCUPIED"]] }, null])(
    "takes any value for a filter: %j",
    (filter) => {
      expect(fieldCosts["Query.liveAgents"]?.surcharge?.({ filter, orderBy: undefined })).toBe(0);
    },
  );

  it("reads no more values than a filter may have, however many are sent", () => {
    let reads = 0;
    const states = new Proxy<string[]>(Array<string>(80_000).fill("AWAY"), {
      get: (list, name) => {
        reads += 1;
        return Reflect.get(list, name) as unknown;
      },
    });
    expect(fieldCosts["Query.liveAgents"]?.surcharge?.({ filter: { states } })).toBe(0);
    expect(reads).toBeLessThan(3 * maxItems.filterValues);
  });
});

describe("the costs in the SDL", () => {
  const schema = buildASTSchema(parse(printSubgraphSdl()), { assumeValidSDL: true });

  function directivesOf(coordinate: string): string[] {
    const [typeName = "", fieldName = ""] = coordinate.split(".");
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    const node = fieldName === "" ? type?.astNode : field?.astNode;
    return (node?.directives ?? [])
      .filter(({ name }) => name.value === "cost" || name.value === "listSize")
      .map((directive) => print(directive));
  }

  it.each<[string, string[]]>([
    ["Query.statusReason", ["@cost(weight: 10)"]],
    ["Query.statusReasons", ["@cost(weight: 100)", '@listSize(assumedSize: 100, sizedFields: ["nodes"])']],
    // A list of ids is no number, by which a router could know the size.
    ["Query.agents", ["@listSize(assumedSize: 100)"]],
    // No argument tells their number, which is known to be small.
    ["AgentTime.reasons", ["@listSize(assumedSize: 5)"]],
    ["LiveSummary.states", ["@listSize(assumedSize: 6)"]],
    [
      "Subscription.agentsChanged",
      ["@cost(weight: 100)", '@listSize(assumedSize: 1000, sizedFields: ["changed"])'],
    ],
    // The call that all reasons of a list share is no cost of each of them, and the SDL has no other place for it.
    ["StatusReason.usage", ["@cost(weight: 10)"]],
    [
      "Mutation.updateStatusReasons",
      ["@cost(weight: 1000)", '@listSize(assumedSize: 100, sizedFields: ["results"])'],
    ],
    [
      "StatusReason.agents",
      ['@listSize(slicingArguments: ["limit"], requireOneSlicingArgument: false, sizedFields: ["nodes"])'],
    ],
    [
      "Mutation.createStatusReasons",
      ["@cost(weight: 1000)", '@listSize(assumedSize: 100, sizedFields: ["statusReasons"])'],
    ],
    ["Agent", ["@cost(weight: 10)"]],
    ["Agent.name", []],
    ["Skill", []],
  ])("of %s are %j", (coordinate, expected) => {
    expect(directivesOf(coordinate)).toEqual(expected);
  });

  it("are those of the table, wherever it has one", () => {
    for (const [coordinate, { base }] of Object.entries(fieldCosts)) {
      // The library adds `_entities` and `_service`.
      if (/\b_/.test(coordinate)) continue;
      const weights = directivesOf(coordinate).filter((text) => text.startsWith("@cost"));
      expect([coordinate, weights]).toEqual([coordinate, base === 0 ? [] : [`@cost(weight: ${base})`]]);
    }
  });
});
