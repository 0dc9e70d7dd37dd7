import { Parser } from "htmlparser2";

/** Their content is no text. */
const silent = new Set(["script", "style", "template", "title"]);
/** They stand within a word. */
const inline = new Set("a abbr b code em font i mark s small span strong sub sup u".split(" "));

/** So many characters of a page are looked at: its words are shown in part only, and hostile nesting costs time. */
const maxLooked = 100_000;

/** The words of a page of HTML, as far as somebody would read them. */
export function textOf(html: string): string {
  const words: string[] = [];
  let silentDepth = 0;
  const parser = new Parser({
    onopentag(name) {
      if (silent.has(name)) silentDepth++;
      if (!inline.has(name)) words.push(" ");
    },
    ontext(text) {
      if (silentDepth === 0) words.push(text);
    },
    onclosetag(name) {
      if (silent.has(name)) silentDepth--;
      if (!inline.has(name)) words.push(" ");
    },
  });
  parser.end(html.slice(0, maxLooked));
  return words.join("");
}
