import { type Diagnostic, type LocalizedText, both, fileError } from "../base/diagnostic.js";
import type { Element } from "./parse-markup.js";

/** Collects what is wrong with markup while a tree is built from it. */
export class MarkupProblems {
  readonly #list: Diagnostic[] = [];

  get list(): readonly Diagnostic[] {
    return this.#list;
  }

  /** Report a mistake at an element; `allowed` is what it could have said instead. */
  report(
    element: Element,
    code: string,
    message: LocalizedText,
    allowed: readonly string[] = [],
  ): void {
    const place = element.origin.template ?? { file: "document.hbs", line: 1, column: 1 };
    const path = element.attributes["at"];
    const names = allowed.join(", ");
    this.#list.push(
      fileError(
        code,
        { ...place, ...(path ? { path } : {}) },
        message,
        names === "" ? undefined : both(`nhận: ${names}`, `allowed: ${names}`),
      ),
    );
  }
}
