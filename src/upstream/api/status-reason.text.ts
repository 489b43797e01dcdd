/** Two texts with the same key are the same text to the upstream, whatever way they were typed. */
export function textKey(text: string): string {
  return text.trim().normalize("NFC");
}
