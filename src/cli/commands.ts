import type { Environment } from "../config/index.js";
import type { Commands } from "./program.js";
import type { Terminal } from "./terminal.js";

/** The commands of this process. Each loads what it needs when it runs, so that the help and the version come at once. */
export function createCommands(terminal: Terminal, env: Environment): Commands {
  const readConfig = async () => (await import("../config/index.js")).readConfig(env);
  const print = (text: string): number => {
    terminal.output.write(text);
    return 0;
  };
  const run = async (command: "serve" | "emulate"): Promise<number> => {
    const { runServing } = await import("./serving-failure.js");
    const work = async () => (await import("./serve.command.js"))[command](await readConfig());
    return runServing(work, terminal, env);
  };
  return {
    serve: () => run("serve"),
    emulator: () => run("emulate"),
    token: async (args) => {
      const { printToken } = await import("./token.command.js");
      await printToken(await readConfig(), args, terminal);
      return 0;
    },
    schema: async () => print((await import("../graphql/index.js")).printSubgraphSdl()),
    printConfig: async () => {
      const { explainConfig } = await import("../config/index.js");
      return print(`${JSON.stringify(explainConfig(env), null, 2)}\n`);
    },
    exportReasons: async (args) => (await import("./reasons/index.js")).exportReasons(args, terminal, env),
    planReasons: async (args) => (await import("./reasons/index.js")).planReasons(args, terminal, env),
    applyReasons: async (args) => (await import("./reasons/index.js")).applyReasons(args, terminal, env),
  };
}
