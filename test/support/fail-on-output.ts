import "reflect-metadata";

/**
 * Fails a test that prints to the console.
 */
const methods = ["debug", "error", "info", "log", "warn"];

function failing(method: string): (...words: unknown[]) => never {
  return (...words) => {
    throw new Error(`console.${method} was called in a test: ${words.map(String).join(" ")}`);
  };
}

Object.assign(console, Object.fromEntries(methods.map((method) => [method, failing(method)])));
