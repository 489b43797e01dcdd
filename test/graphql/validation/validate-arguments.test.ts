import "reflect-metadata";

import { ValidateNested, validateSync } from "class-validator";
import fc from "fast-check";

import {
  ChangesSomething,
  HasUniqueTexts,
  IsReasonText,
  IsSearchText,
} from "../../../src/graphql/status-reason/status-reason.rules.js";
import { InputError } from "../../../src/graphql/validation/input-error.js";
import {
  HasItems,
  IsAccountId,
  IsIn64Bits,
  IsLongId,
  IsOneOf,
  IsPageLimit,
  IsPageOffset,
} from "../../../src/graphql/validation/rules.js";
import { passesQuickCheck, validateArguments } from "../../../src/graphql/validation/validate-arguments.js";

/** Every rule of the schema that the quick check applies itself. */
class QuickArgs {
  @IsAccountId() readonly accountId: unknown;
  @IsLongId() readonly id: unknown;
  @HasItems(1, 3) @IsLongId(true) readonly ids: unknown;
  @HasItems(0, 3) @IsIn64Bits(true) readonly groupIds: unknown;
  @IsOneOf(["ONLINE", "AWAY"]) readonly state: unknown;
  @IsReasonText() readonly text: unknown;
  @IsSearchText() readonly search: unknown;
  @HasUniqueTexts() readonly items: unknown;
  @ChangesSomething() readonly change: unknown;
  @IsPageOffset(10) readonly offset: unknown;
  @IsPageLimit(10) readonly limit: unknown;
}

/** Rules that only class-validator applies. */
class WholeArgs {
  @ValidateNested() readonly inner: unknown;
  @HasItems(0, 2) @ValidateNested({ each: true }) readonly list: unknown;
  @HasItems(0, 2) @IsOneOf(["ONLINE", "AWAY"], true) readonly states: unknown;
}

const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: fc.sample(fc.constant(undefined), 1)[0] });
const id = fc.constantFrom(
  "1",
  "9223372036854775807",
  "9223372036854775808",
  "0",
  "-1",
  "01",
  "x",
  "",
  "9".repeat(30),
);
const text = fc.oneof(
  fc.constantFrom(
    "Lunch",
    " Lunch ",
    "",
    "  ",
    "a<b",
    "tab\there",
    "x".repeat(100),
    "x".repeat(101),
    "é".repeat(1001),
  ),
  fc.string({ unit: "binary" }),
);
const state = fc.constantFrom("ONLINE", "AWAY", "UNKNOWN", "");

const quickArgs = fc
  .record(
    {
      accountId: fc.oneof(fc.constantFrom("12345678", "a_1", "", "a b", "x".repeat(21)), fc.string()),
      id,
      ids: fc.array(id, { maxLength: 4 }),
      groupIds: fc.array(id, { maxLength: 4 }),
      state,
      text,
      search: text,
      items: fc.array(fc.record({ text }), { maxLength: 4 }),
      change: fc.record({ text: fc.option(text), enabled: fc.option(fc.boolean()) }, { requiredKeys: [] }),
      offset: fc.integer({ min: -2, max: 12 }),
      limit: fc.integer({ min: -2, max: 12 }),
    },
    { requiredKeys: [] },
  )
  .map((values) => Object.assign(new QuickArgs(), values));

const wholeArgs = fc
  .record(
    {
      inner: maybe(quickArgs),
      list: fc.option(fc.array(quickArgs, { maxLength: 3 })),
      states: fc.option(fc.array(state, { maxLength: 3 })),
    },
    { requiredKeys: [] },
  )
  .map((values) => Object.assign(new WholeArgs(), values));

function isValid(args: object): boolean {
  return validateSync(args, { skipMissingProperties: true, forbidUnknownValues: false }).length === 0;
}

function isAccepted(args: object): boolean {
  try {
    validateArguments(args);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return false;
  }
}

test("the quick check says what class-validator says, of every rule that it applies itself", () => {
  fc.assert(
    fc.property(quickArgs, (args) => {
      expect(passesQuickCheck(args)).toBe(isValid(args));
    }),
    { numRuns: 2000 },
  );
});

test("the quick check passes nothing that class-validator refuses, and leaves the other rules to it", () => {
  fc.assert(
    fc.property(wholeArgs, (args) => {
      if (passesQuickCheck(args)) expect(isValid(args)).toBe(true);
      expect(isAccepted(args)).toBe(isValid(args));
    }),
    { numRuns: 500 },
  );
});

test("arguments that break rules of any kind are accepted by neither or both", () => {
  fc.assert(
    fc.property(fc.oneof(quickArgs, wholeArgs), (args) => {
      expect(isAccepted(args)).toBe(isValid(args));
    }),
    { numRuns: 500 },
  );
});
