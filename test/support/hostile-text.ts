import fc from "fast-check";

/** Texts that formats, spreadsheets and terminals stumble over. */
export const hostileText: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc
      .array(
        fc.constantFrom(
          ...Array.from(
            "\"'=+-@,;:|\t\r\n\\/ #&*!?{}[]%`~<>.0123456789eExäß€＝é\u0301😀\u202e\u2028\uFEFF\u0085\u0000\u001b",
          ),
          "\r\n",
          "true",
          "no",
          "null",
          "sep=",
          "- ",
          ": ",
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join("")),
  )
  .filter((text) => text.trim() !== "" && !/\p{Cs}/u.test(text));
