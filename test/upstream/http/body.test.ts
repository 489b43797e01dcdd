import fc from "fast-check";

import { Body } from "../../../src/upstream/http/body.js";

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

  const bytesOf = (...bytes: number[]) => bytes.map((byte) => Buffer.of(byte));
  const latin1 = Buffer.from("Café", "latin1");
  const utf16 = Buffer.from("Café", "utf16le");

  it.each<[string, Buffer[], string | undefined, string | undefined]>([
    ["UTF-8 in pieces", bytesOf(0xc3, 0xa9), undefined, "é"],
    ["nothing", [], undefined, ""],
    ["UTF-8 with a byte order mark", bytesOf(0xef, 0xbb, 0xbf, 0x7b), undefined, "{"],
    ["U+FFFD, which is a character too", [Buffer.from("\uFFFD")], "application/json", "\uFFFD"],
    ["declared UTF-8", [Buffer.from("é")], 'application/json; charset="UTF-8"', "é"],
    ["declared Latin-1", [latin1], "application/json;charset=iso-8859-1", "Café"],
    ["declared Latin-1 by another name", [latin1], "application/json; Charset=Latin1; x=y", "Café"],
    ["declared windows-1252", [Buffer.of(0x80)], "text/plain; charset=windows-1252", "€"],
    ["declared UTF-16", [utf16], "application/json; charset=utf-16", "Café"],
    ["big-endian UTF-16", [Buffer.of(0xfe, 0xff, 0x00, 0xe9)], "application/json; charset=utf-16", "é"],
    ["declared Shift JIS", [Buffer.of(0x8b, 0x78)], "application/json; charset=shift_jis", "休"],
    ["declared ASCII", [Buffer.from("Lunch")], "application/json; charset=us-ascii", "Lunch"],
    [
      "UTF-8 by its mark, whatever is declared",
      bytesOf(0xef, 0xbb, 0xbf, 0xc3, 0xa9),
      "a/b; charset=latin1",
      "é",
    ],
  ])("is read as %s", (_what, parts, contentType, text) => {
    expect(new Body(parts, contentType).text()).toBe(text);
  });

  it.each<[string, Buffer, string | undefined]>([
    ["Latin-1 that is not declared", latin1, "application/json"],
    ["a broken byte", Buffer.of(0x61, 0xff, 0x62), undefined],
    ["a surrogate in UTF-8", Buffer.of(0xed, 0xa0, 0x80), undefined],
    ["an overlong form", Buffer.of(0xc0, 0xaf), undefined],
    ["a character that is cut off", Buffer.of(0xe2, 0x82), "application/json; charset=utf-8"],
    ["UTF-8 declared as ASCII", Buffer.from("é"), "application/json; charset=us-ascii"],
    ["half a UTF-16 character", Buffer.of(0x61), "application/json; charset=utf-16le"],
    ["a charset that is not known", Buffer.from("Lunch"), "application/json; charset=utf-7"],
  ])("is not read where it is %s", (_what, bytes, contentType) => {
    expect(new Body([bytes], contentType).text()).toBeUndefined();
  });
});
