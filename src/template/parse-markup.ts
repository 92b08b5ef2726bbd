import { SaxesParser, type SaxesTagPlain } from "saxes";
import {
  type Diagnostic,
  type LocalizedText,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import type { Origin } from "../document/tree.js";
import {
  type ElementName,
  type ElementRule,
  ROOT_RULE,
  VOCABULARY,
  isElementName,
  mayHold,
} from "./vocabulary.js";
import type { Code } from "../base/codes.js";

/** An element of the markup, checked against the vocabulary. */
export interface Element {
  readonly name: ElementName;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
  readonly origin: Origin;
}

/** The elements directly inside an element. */
export function childElements(parent: Element): Element[] {
  return parent.children.filter((child): child is Element => typeof child !== "string");
}

/**
 * Parse the markup a template wrote. Strict: a tag not closed, an element or attribute outside the
 * vocabulary, text where none belongs are errors at the template's line. All of them are reported.
 * `pieces` are elements that were parsed before: `<kept n="0"/>` stands for the first.
 */
export function parseMarkup(markup: string, pieces: readonly Element[] = []): Outcome<Element> {
  return read(markup, new MarkupReader(pieces, "document"));
}

/** A piece of a document's markup by itself; null when something is wrong with it. */
export function parsePiece(markup: string): Element | null {
  const piece = read(markup, new MarkupReader([], "piece"));
  return piece.ok ? piece.value : null;
}

function read(markup: string, reader: MarkupReader): Outcome<Element> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("opentag", (tag) => reader.open(tag));
  parser.on("closetag", () => reader.close());
  parser.on("text", (text) => reader.text(text));
  parser.on("error", (error) => reader.error(error));
  parser.write(markup).close();
  return reader.finish();
}

type TemplatePlace = NonNullable<Origin["template"]>;

/** An element whose end tag has not come yet. */
interface OpenElement {
  readonly name: string;
  /** Null for a name that the vocabulary does not have: nothing inside it can be checked. */
  readonly rule: ElementRule | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly origin: Origin;
  readonly children: (Element | string)[];
}

class MarkupReader {
  readonly #problems: Diagnostic[] = [];
  readonly #open: OpenElement[] = [];
  /** Places are few and come up again and again. */
  readonly #places = new Map<string, TemplatePlace>();
  readonly #pieces: readonly Element[];
  readonly #whole: "document" | "piece";
  #root: Element | null = null;
  /** Where the last tag stands. */
  #last: TemplatePlace = { file: "document.hbs", line: 1, column: 1 };

  constructor(pieces: readonly Element[], whole: "document" | "piece") {
    this.#pieces = pieces;
    this.#whole = whole;
  }

  open(tag: SaxesTagPlain): void {
    const { name, attributes } = tag;
    const parent = this.#open.at(-1);
    const piece = name === "kept" ? this.#pieces[Number(attributes["n"])] : undefined;
    if (piece !== undefined) {
      this.#checkPlace(piece.name, parent);
      parent?.children.push(piece);
      this.#open.push({ name, rule: null, attributes, origin: piece.origin, children: [] });
      return;
    }
    const place = attributes["t"];
    this.#last = place === undefined ? (parent?.origin.template ?? this.#last) : this.#place(place);
    const origin = {
      plan: attributes["at"] || (parent?.origin.plan ?? null),
      template: this.#last,
    };
    const children: (Element | string)[] = [];
    if (!isElementName(name)) {
      this.#reportUnknown(name);
      this.#open.push({ name, rule: null, attributes, origin, children });
      return;
    }
    const rule: ElementRule = VOCABULARY[name];
    this.#checkAttributes(name, rule, attributes);
    this.#checkPlace(name, parent);
    const element: Element = { name, attributes, children, origin };
    if (parent) parent.children.push(element);
    else this.#root ??= element;
    this.#open.push({ name, rule, attributes, origin, children });
  }

  close(): void {
    this.#open.pop();
  }

  text(text: string): void {
    const parent = this.#open.at(-1);
    if (!parent) return;
    if (parent.rule?.text) parent.children.push(text);
    else if (/[^ \t\r\n]/u.test(text)) {
      const shown = text.trim().slice(0, 30);
      this.#report(
        "markup-stray-text",
        both(
          `chữ “${shown}” nằm ngoài đoạn văn, trong <${parent.name}>`,
          `the text “${shown}” is outside any paragraph, in <${parent.name}>`,
        ),
        both("đặt trong <p>, <title> hoặc <text>", "put it in <p>, <title> or <text>"),
      );
    }
  }

  error(error: Error): void {
    const what = error.message.replace(/^\d+:\d+: /u, "").replace(/\.$/u, "");
    this.#report(
      "markup-syntax",
      both(`mẫu viết ra đánh dấu hỏng: ${what}`, `the template writes broken markup: ${what}`),
      both("kiểm tra thẻ mở và thẻ đóng", "check opening and closing tags"),
    );
  }

  finish(): Outcome<Element> {
    if (this.#problems.length > 0) return fail(this.#problems);
    if (this.#root !== null) return succeed(this.#root);
    return fail([
      fileError(
        "markup-empty",
        this.#last,
        both("mẫu không viết ra gì", "the template writes nothing"),
        both("mẫu chính phải viết <document>", "the main template must write <document>"),
      ),
    ]);
  }

  #reportUnknown(name: string): void {
    const near = nearest(name, Object.keys(VOCABULARY));
    this.#report(
      "markup-unknown-element",
      both(`không có phần tử <${name}>`, `there is no element <${name}>`),
      near === null ? undefined : both(`có phải là <${near}>?`, `did you mean <${near}>?`),
    );
  }

  #checkAttributes(
    name: ElementName,
    rule: ElementRule,
    attributes: Readonly<Record<string, string>>,
  ): void {
    const allowed = rule.attributes.join(", ");
    for (const attribute of Object.keys(attributes)) {
      if (attribute === "t" || rule.attributes.includes(attribute)) continue;
      this.#report(
        "markup-unknown-attribute",
        both(
          `<${name}> không nhận thuộc tính “${attribute}”`,
          `<${name}> takes no attribute “${attribute}”`,
        ),
        both(`nhận: ${allowed}`, `it takes: ${allowed}`),
      );
    }
    for (const attribute of rule.required) {
      if (attributes[attribute] !== undefined) continue;
      this.#report(
        "markup-missing-attribute",
        both(
          `<${name}> thiếu thuộc tính “${attribute}”`,
          `<${name}> lacks the attribute “${attribute}”`,
        ),
      );
    }
  }

  /** Check that an element may stand inside its parent; inside an unknown one anything may. */
  #checkPlace(name: ElementName, parent: OpenElement | undefined): void {
    const rule = parent ? parent.rule : this.#whole === "piece" ? null : ROOT_RULE;
    if (rule === null || mayHold(rule, name)) return;
    const allowed = rule.children.join(", ");
    const inside = parent && `<${parent.name}>`;
    this.#report(
      "markup-misplaced",
      both(
        `<${name}> không đặt được trong ${inside ?? "gốc"}`,
        `<${name}> does not belong in ${inside ?? "the root"}`,
      ),
      both(`ở đây nhận: ${allowed}`, `allowed here: ${allowed}`),
    );
  }

  #report(code: Code, message: LocalizedText, hint?: LocalizedText): void {
    const path = this.#open.at(-1)?.attributes["at"];
    const at = { ...this.#last, ...(path ? { path } : {}) };
    this.#problems.push(fileError(code, at, message, hint));
  }

  /** "table.hbs:12:3" as a place. */
  #place(text: string): TemplatePlace {
    const known = this.#places.get(text);
    if (known) return known;
    const [, file = "", line = "1", column = "1"] = /^(.*):(\d+):(\d+)$/u.exec(text) ?? [];
    const place = { file, line: Number(line), column: Number(column) };
    this.#places.set(text, place);
    return place;
  }
}
