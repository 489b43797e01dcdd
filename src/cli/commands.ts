import type { Environment, Flags } from "../config/index.js";
import type { Commands } from "./program.js";
import type { Terminal } from "./terminal.js";

/** The commands of this process. Each loads what it needs when it runs, so that the help and the version come at once. */
export function createCommands(terminal: Terminal, env: Environment): Commands {
  const readConfig = async (flags?: Flags) => (await import("../config/index.js")).readConfig(env, flags);
  const print = (text: string): number => {
    terminal.output.write(text);
    return 0;
  };
  const runServing = async (work: () => Promise<void>): Promise<number> =>
    (await import("./serving-failure.js")).runServing(work, terminal, env);
  return {
    serve: (flags) =>
      runServing(async () => {
        const { SecretFiles } = await import("../config/index.js");
        const secretFiles = new SecretFiles(env, flags);
        const config = await readConfig(flags);
        await (await import("./serve.command.js")).serve(config, secretFiles);
      }),
    emulator: (flags) =>
      runServing(async () => {
        const config = await readConfig(flags);
        await (await import("./emulator.command.js")).emulate(config);
      }),
    token: async (args) => {
      const { printToken } = await import("./token.command.js");
      await printToken(await readConfig(), args, terminal);
      return 0;
    },
    schema: async ({ api }) => {
      const { printApiSdl, printSubgraphSdl } = await import("../graphql/index.js");
      return print(api === true ? printApiSdl() : printSubgraphSdl());
    },
    printConfig: async (flags) => {
      const { explainConfig } = await import("../config/index.js");
      return print(`${JSON.stringify(explainConfig(env, flags), null, 2)}\n`);
    },
    exportReasons: async (args) => (await import("./reasons/index.js")).exportReasons(args, terminal, env),
    planReasons: async (args) => (await import("./reasons/index.js")).planReasons(args, terminal, env),
    applyReasons: async (args) => (await import("./reasons/index.js")).applyReasons(args, terminal, env),
  };
}
