/** The text of a body, which is UTF-8: what is broken in it becomes U+FFFD, and a byte order mark is dropped. */
export function textOf(body: Buffer): string {
  const text = body.toString();
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
