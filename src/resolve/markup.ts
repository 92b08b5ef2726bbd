/**
 * A piece of markup that needs no escaping. Handlebars prints it as it is, because it has `toHTML`.
 */
export class Markup {
  constructor(readonly markup: string) {}

  toHTML(): string {
    return this.markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** Text as markup: the characters XML keeps for itself are written as entities. */
export function escapeText(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/** The words of a text without its markup. */
export function plainText(text: Markup | string): string {
  if (typeof text === "string") return text;
  return text.markup
    .replace(/<[^>]*>/gu, "")
    .replace(/&lt;/gu, "<")
    .replace(/&gt;/gu, ">")
    .replace(/&quot;/gu, '"')
    .replace(/&amp;/gu, "&");
}

/** Text in italics; an empty text stays empty. */
export function italic(text: Markup | string): Markup | string {
  const inner = typeof text === "string" ? escapeText(text) : text.markup;
  return inner === "" ? "" : new Markup(`<i>${inner}</i>`);
}
