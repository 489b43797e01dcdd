const { createRequire, isBuiltin } = require("node:module");
const { compileFunction } = require("node:vm");

const { default: JestRuntime } = require("jest-runtime");

/** Packages that each test file gets for itself: TypeGraphQL collects the decorators of all classes in one place. */
const unshared = new Set(["type-graphql"]);

/** What Node's own loader does not load as it is. */
const ofJest = new Set(["@jest/globals", "expect", "@jest/expect"]);

const requires = new Map();

/** Node's `require` in a file. */
function requireIn(file) {
  const known = requires.get(file) ?? createRequire(file);
  requires.set(file, known);
  return known;
}

/**
 * Jest's module loader for `environment.ts`. The sources and the tests are evaluated for each test file, as Jest does;
 * packages are loaded by Node, once a worker: evaluating them anew, and running them before V8 has compiled them well,
 * takes longer than most test files do. `jest.mock` of a package has no effect.
 */
module.exports = class SharedRealmRuntime extends JestRuntime {
  constructor(...options) {
    super(...options);
    const { executor } = this;
    executor.compile = (source, filename) =>
      compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  requireModuleOrMock(from, name) {
    const isPackage = !/^[./]/.test(name) && !isBuiltin(name) && !unshared.has(name) && !ofJest.has(name);
    return isPackage ? requireIn(from)(name) : super.requireModuleOrMock(from, name);
  }
};
