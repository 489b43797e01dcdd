import type { JestEnvironment, JestEnvironmentConfig } from "@jest/environment";
import { ModernFakeTimers } from "@jest/fake-timers";
import { ModuleMocker } from "jest-mock";

/** Jest wraps it for each file. */
const exit = process.exit.bind(process);

/**
 * Jest's test environment: runs test files in the worker's own realm, one after the other. Jest's default makes a
 * realm for each file, where every access to a global passes a proxy, and where no package can be shared: half of
 * the suite's time went there.
 *
 * What a file sets on `globalThis` and in `process.env` is undone at its end.
 */
export default class SharedRealm implements JestEnvironment {
  readonly global = globalThis as unknown as JestEnvironment["global"];
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly #globals = propertiesOf(globalThis);
  readonly #environment = propertiesOf({ ...process.env });

  constructor({ projectConfig }: JestEnvironmentConfig) {
    Object.assign(globalThis, projectConfig.globals);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  exportConditions(): string[] {
    return ["node", "node-addons"];
  }

  /** Jest asks whether there is one; `runtime.cjs` compiles without it. */
  getVmContext(): typeof globalThis {
    return globalThis;
  }

  setup(): Promise<void> {
    return Promise.resolve();
  }

  teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    process.exit = exit;
    restore(process.env, this.#environment);
    restore(globalThis, this.#globals);
    return Promise.resolve();
  }
}

function propertiesOf(object: object): ReadonlyMap<PropertyKey, PropertyDescriptor> {
  const all = Object.getOwnPropertyDescriptors(object) as Record<PropertyKey, PropertyDescriptor>;
  return new Map(Reflect.ownKeys(all).flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])));
}

/** Gives an object the properties that it had; those that cannot be changed stay. */
function restore(object: object, before: ReadonlyMap<PropertyKey, PropertyDescriptor>): void {
  const now = propertiesOf(object);
  for (const [key, { configurable }] of now) {
    if (configurable === true && !before.has(key)) Reflect.deleteProperty(object, key);
  }
  for (const [key, old] of before) {
    const present = now.get(key);
    const isSame = present !== undefined && Object.is(present.value, old.value) && present.get === old.get;
    if (!isSame) Reflect.defineProperty(object, key, old);
  }
}
