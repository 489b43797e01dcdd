/**
 * `npm run tool -- NAME [OPTION…]` runs one of the tools that measure the gateway. They are not part of the tests:
 * their results depend on the machine, or they take long. Each reads its own options from the command line.
 */
const tools: Readonly<Record<string, { readonly load: () => Promise<unknown>; readonly about: string }>> = {
  chaos: {
    load: () => import("./chaos/main.js"),
    about: "thousands of requests while the upstream misbehaves in every way; --seed 42 --steps 20000",
  },
  copies: {
    load: () => import("./copies/main.js"),
    about:
      "three copies of the gateway with a Redis, killed and restarted under load; `npm run test:copies` builds first",
  },
  differential: {
    load: () => import("./differential/main.js"),
    about: "random operations, with the compiled known queries and without; --seed 42 --count 50000",
  },
  hive: {
    load: () => import("./hive.js"),
    about: "the supergraph of the tests behind Hive Gateway, which it fetches from npm",
  },
  memory: {
    load: () => import("./memory/main.js"),
    about: "documents that never come again, to a gateway with a small heap; --rounds 20 --heap-mib 192",
  },
  scorecard: {
    load: () => import("./scorecard/main.js"),
    about: "measures every promise and writes docs/scorecard.md; --only composers,batching writes nothing",
  },
  sizing: {
    load: () => import("./sizing/main.js"),
    about: "the figures of docs/operating.md; needs `npm run build`",
  },
};

const [name = ""] = process.argv.splice(2, 1);
const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
if (tool === undefined) {
  const lines = Object.entries(tools).map(([known, { about }]) => `  ${known.padEnd(14)}${about}`);
  process.stderr.write(`Usage: npm run tool -- NAME [OPTION…]\n\n${lines.join("\n")}\n`);
  process.exitCode = 1;
} else {
  await tool.load();
}
