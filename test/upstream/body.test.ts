import fc from "fast-check";

import { Body } from "../../src/upstream/body.js";

const pieces = fc.array(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)));

describe("a body", () => {
  it("is its pieces, one after the other", () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const [body, whole] = [new Body(parts), Buffer.concat(parts)];
        expect([body.length, body.bytes(), body.equals(whole)]).toEqual([whole.length, whole, true]);
      }),
    );
  });

  it("equals no other bytes, however it came", () => {
    fc.assert(
      fc.property(pieces, fc.nat(), fc.integer({ min: 1, max: 255 }), (parts, where, change) => {
        const other = Buffer.concat([...parts, Buffer.of(0)]);
        const body = new Body([...parts, Buffer.of(0)]);
        const index = where % other.length;
        other.writeUInt8(other.readUInt8(index) ^ change, index);
        expect(body.equals(other)).toBe(false);
        expect(body.equals(other.subarray(1))).toBe(false);
      }),
    );
  });

  it.each([
    ["as it is", [0xc3, 0xa9], "é"],
    ["without its byte order mark", [0xef, 0xbb, 0xbf, 0x7b], "{"],
    ["with U+FFFD for what is broken", [0x61, 0xff, 0x62], "a\u{FFFD}b"],
  ])("is read %s", (_how, bytes, text) => {
    expect(new Body(bytes.map((byte) => Buffer.of(byte))).text()).toBe(text);
  });
});
