import { PassThrough } from "node:stream";

import { askPassword } from "../../src/cli/password-prompt.js";

/** A terminal: what is typed comes key by key, and what is echoed would show. */
function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: jest.fn() });
  const output = new PassThrough();
  const shown = (): string => ((output.read() as Buffer | null) ?? "").toString();
  return { input, output, shown };
}

describe("askPassword", () => {
  it("asks at a terminal, shows nothing of the answer, and lets it be corrected", async () => {
    const { input, output, shown } = terminal();
    const password = askPassword(input, output);
    input.write("pax\u007fss wörd\r");
    expect(await password).toBe("pass wörd");
    expect(shown()).toBe("Password: \n");
    expect(input.setRawMode.mock.calls).toEqual([[true], [false]]);
  });

  it.each([
    ["Ctrl-C", "pa\u0003"],
    ["Ctrl-D", "\u0004"],
    ["Enter alone", "\r"],
  ])("gives up on %s", async (_key, typed) => {
    const { input, output, shown } = terminal();
    const failure = expect(askPassword(input, output)).rejects.toThrow("a password is needed");
    input.write(typed);
    await failure;
    expect(shown()).toBe("Password: \n");
  });

  it("takes the first line of what is piped in, without a word", async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end("secret\nmore\n");
    expect(await askPassword(input, output)).toBe("secret");
    expect(output.read()).toBeNull();
  });
});
