import type { PageContent } from "./page-content.js";

/**
 * Signs that Vietnamese documents are written with. Letters of old codings are among them or stand
 * in fonts that are known to be old.
 */
const READABLE = /[\p{Script=Latin}\p{N}\s.,;:!?%()[\]/+*=<>"'“”‘’&@#_…–—•▪\-°²³§½]/u;
/** Signs of which this part is unreadable make a text that says nothing. */
const TOO_MUCH = 0.3;

/** Whether most letters are unreadable: fonts without a table of what their glyphs mean. */
export function isGarbled(pages: readonly PageContent[]): boolean {
  let [all, unreadable] = [0, 0];
  for (const { glyphs } of pages) {
    for (const { text, face } of glyphs) {
      if (text.trim() === "" && !/\p{Cc}/u.test(text)) continue;
      all++;
      if (face.encoding === null && !READABLE.test(text)) unreadable++;
    }
  }
  return all > 20 && unreadable > all * TOO_MUCH;
}
