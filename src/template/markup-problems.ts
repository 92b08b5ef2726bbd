import type { Code } from "../base/codes.js";
import {
  type Diagnostic,
  type LocalizedText,
  both,
  fileError,
  following,
} from "../base/diagnostic.js";
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
    code: Code,
    message: LocalizedText,
    allowed: readonly string[] = [],
  ): void {
    this.#list.push(finding(element, code, message, allowed));
  }

  /** Report a reference that leads to nothing with a number: a fault of the body may be why. */
  reportReference(element: Element, message: LocalizedText): void {
    this.#list.push(following(finding(element, "reference-unnumbered", message, []), ["body"]));
  }
}

function finding(
  element: Element,
  code: Code,
  message: LocalizedText,
  allowed: readonly string[],
): Diagnostic {
  const place = element.origin.template ?? { file: "document.hbs", line: 1, column: 1 };
  const path = element.attributes["at"];
  const names = allowed.join(", ");
  return fileError(
    code,
    { ...place, ...(path ? { path } : {}) },
    message,
    names === "" ? undefined : both(`nhận: ${names}`, `allowed: ${names}`),
  );
}
