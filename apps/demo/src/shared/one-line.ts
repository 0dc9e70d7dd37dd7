const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** What nobody sees: with it newsletters fill their first lines, and forgers turn the direction of a name around. */
const unseen = /(?:\u034F|[\u00AD\u200B\u202A-\u202E\u2066-\u2069\uFEFF])+/g;

/** The text without what nobody sees, but with its lines. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(unseen, "")
    .replace(/[^\P{Cc}\n]/gu, " ")
    .trim();
}

/** A longer text is not looked at behind this, for what is shown of it is at its beginning. */
const maxLooked = 100_000;

/** The text in one line of at most `max` characters, as JavaScript counts them. What is cut off leaves an ellipsis. */
export function oneLine(text: string, max: number): string {
  const line = text
    .slice(0, maxLooked)
    .replace(unseen, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  if (line.length <= max) return line;
  // Before the character, as a reader counts them, that the ellipsis takes the place of.
  const end = graphemes.segment(line).containing(max - 1)?.index ?? 0;
  return `${line.slice(0, end).trimEnd()}…`;
}
