import { isObjectType } from "graphql";

import { fieldCosts } from "../../../src/graphql/limits/field-costs.js";
import { buildSchema } from "../../../src/graphql/schema.js";

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
});
