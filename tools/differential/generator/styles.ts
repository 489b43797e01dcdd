import { Lexer, Source, TokenKind } from "graphql";

/** What may stand between two tokens, and says nothing. */
const separators = [" ", '\n# "}) {\u2028\n', " , \t"];

/** How many ways there are to write one document. */
export const styleCount = separators.length;

/** Writes a document in another way: its tokens are the same. */
export function restyle(source: string, style: number): string {
  const lexer = new Lexer(new Source(source));
  const tokens: string[] = [];
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens.push(source.slice(token.start, token.end));
  }
  return tokens.join(separators[style % styleCount]);
}
