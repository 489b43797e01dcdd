import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { anchorsOf, codeSpansOf, linksOf, markdownFiles } from "./markdown.js";

/** A path of the repository, as it is named in a sentence. */
const path = /^(src|test|docs|schema|examples|deploy|\.ci)\/[\w./-]*$/;

describe.each(markdownFiles)("%s", (file) => {
  it("links to what there is", () => {
    const broken = linksOf(file).filter(({ target }) => !isThere(file, target));
    expect(broken).toEqual([]);
  });

  it("names files that there are", () => {
    const base = file.startsWith("examples/") ? dirname(file) : ".";
    const named = codeSpansOf(file).filter(({ text }) => path.test(text));
    expect(named.filter(({ text }) => !existsSync(join(base, text)))).toEqual([]);
  });
});

/** Other sites are not looked at: what they hold is not this repository's to keep right. */
function isThere(file: string, target: string): boolean {
  if (/^(https?|mailto):/.test(target)) return true;
  const [page = "", anchor] = target.split("#");
  const linked = page === "" ? file : join(dirname(file), page);
  if (!existsSync(linked)) return false;
  return anchor === undefined || anchorsOf(linked).has(anchor);
}
