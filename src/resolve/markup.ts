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

/** Text as markup: the three signs XML keeps for itself are written as entities. */
export function escapeText(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
