import fc from "fast-check";

import { allowedHost } from "../../../../src/upstream/access/discovery/allowed-hosts.js";
import { writeHost } from "../../../../src/upstream/access/discovery/host.js";

const livePerson = { patterns: ["*.liveperson.net", "*.liveperson.com"], loopback: false };

function read(baseUri: string, allowed: Parameters<typeof allowedHost>[1] = livePerson): string {
  const host = allowedHost(baseUri, allowed);
  return typeof host === "string" ? host : `call ${writeHost(host)}`;
}

describe("allowedHost", () => {
  it.each([
    ["va.ac.liveperson.net", "call va.ac.liveperson.net"],
    ["lo.agentvep.liveperson.com", "call lo.agentvep.liveperson.com"],
    ["va.ac.liveperson.net:443", "call va.ac.liveperson.net:443"],
    ["va.ac.liveperson.net:8443", "port not allowed"],
    ["va.ac.liveperson.net:80", "port not allowed"],
    ["evil.example:8443", "host not allowed"],
    ["VA.AC.LivePerson.NET", "call va.ac.liveperson.net"],
    ["", "empty"],
    [" ", "whitespace or control characters"],
    [" va.ac.liveperson.net", "whitespace or control characters"],
    ["va.ac.liveperson.net\n", "whitespace or control characters"],
    ["va.ac\u0000.liveperson.net", "whitespace or control characters"],
    ["va.ac\u200b.liveperson.net", "whitespace or control characters"],
    ["https://va.ac.liveperson.net", "scheme"],
    ["file://va.ac.liveperson.net", "scheme"],
    ["//va.ac.liveperson.net", "scheme"],
    ["user:secret@va.ac.liveperson.net", "credentials"],
    ["va.ac.liveperson.net@evil.example", "credentials"],
    ["evil.example/.liveperson.net", "path"],
    ["evil.example\\.liveperson.net", "path"],
    ["evil.example?.liveperson.net", "path"],
    ["evil.example#.liveperson.net", "path"],
    ["evil.example%2f.liveperson.net", "path"],
    ["va.ac.liveperson.net/api", "path"],
    ["va.ac.liveperson.net:", "port"],
    ["va.ac.liveperson.net:0", "port"],
    ["va.ac.liveperson.net:080", "port"],
    ["va.ac.liveperson.net:65536", "port"],
    ["va.ac.liveperson.net:8443:80", "port"],
    ["va.ac.liveperson.net:+80", "port"],
    ["evil.example:80.liveperson.net", "port"],
    ["va.ac.liveperson.net.", "malformed"],
    ["va.ac..liveperson.net", "malformed"],
    [".liveperson.net", "malformed"],
    ["-va.liveperson.net", "malformed"],
    ["*.liveperson.net", "malformed"],
    ["va.ас.liveperson.net", "not ASCII"],
    ["va.ac。liveperson.net", "not ASCII"],
    ["evil.example／.liveperson.net", "not ASCII"],
    ["xn--va-fka.liveperson.net", "internationalised name"],
    ["10.0.0.1", "address not allowed"],
    ["169.254.169.254", "address not allowed"],
    ["127.0.0.1:4000", "address not allowed"],
    ["[::1]", "address not allowed"],
    ["[::ffff:10.0.0.1]", "malformed"],
    ["2130706433", "malformed"],
    ["0x7f000001", "malformed"],
    ["127.1", "malformed"],
    ["0177.0.0.1", "malformed"],
    ["::1", "port"],
    ["[::1", "port"],
    ["localhost", "host not allowed"],
    ["liveperson.net", "host not allowed"],
    ["evilliveperson.net", "host not allowed"],
    ["liveperson.net.evil.example", "host not allowed"],
    ["va.ac.liveperson.net.evil.example", "host not allowed"],
    ["va-ac-liveperson.net", "host not allowed"],
  ])("%j: %s", (baseUri, outcome) => {
    expect(read(baseUri)).toBe(outcome);
  });

  it.each([
    ["stand-in.example", ["stand-in.example"], "call stand-in.example"],
    ["stand-in.example:8443", ["stand-in.example"], "call stand-in.example:8443"],
    ["stand-in.example:8443", ["stand-in.example:8443"], "call stand-in.example:8443"],
    ["stand-in.example", ["stand-in.example:8443"], "host not allowed"],
    ["10.0.0.1", ["10.0.0.1"], "call 10.0.0.1"],
    ["10.0.0.1", ["*.0.0.1"], "address not allowed"],
    ["[fd00::1]:8443", ["[fd00::1]"], "call [fd00::1]:8443"],
    ["[fd00:0::1]", ["[fd00::1]"], "malformed"],
  ])("%s with %j: %s", (baseUri, patterns, outcome) => {
    expect(read(baseUri, { patterns, loopback: false })).toBe(outcome);
  });

  it.each([
    ["127.0.0.1:4000", "call 127.0.0.1:4000"],
    ["localhost:4000", "call localhost:4000"],
    ["[::1]:4000", "call [::1]:4000"],
    ["128.0.0.1", "address not allowed"],
    ["localhost.evil.example", "host not allowed"],
    ["127.0.0.1.evil.example", "host not allowed"],
  ])("%s where this machine may be called: %s", (baseUri, outcome) => {
    expect(read(baseUri, { patterns: [], loopback: true })).toBe(outcome);
  });

  it("never leads anywhere but below the domain, whatever is put around it", () => {
    const odd = fc.constantFrom("/", "\\", "@", ":", "#", "?", "%", ".", "\t", "。", "evil.example", "xn--");
    const text = fc.array(fc.oneof(odd, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 5 });
    const hostile = fc
      .tuple(text, fc.constantFrom("liveperson.net", ".liveperson.net", "va.liveperson.net", ""), text)
      .map((parts) => parts.flat().join(""));
    fc.assert(
      fc.property(hostile, (baseUri) => {
        const outcome = read(baseUri);
        if (!outcome.startsWith("call ")) return;
        const called = new URL(`https://${outcome.slice("call ".length)}/path`);
        expect(called.hostname).toMatch(/^[a-z0-9.-]+\.liveperson\.(net|com)$/);
        expect(called.pathname).toBe("/path");
        expect(called.username).toBe("");
      }),
      { numRuns: 2000 },
    );
  });
});
