import { SaxesParser } from "saxes";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { nearest } from "../base/nearest.js";
import type { Origin } from "../document/tree.js";
import { VOCABULARY } from "./vocabulary.js";
import type { Code } from "../base/codes.js";

/** An element of the markup, checked against the vocabulary. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
  readonly origin: Origin;
}

/**
 * Parse the markup a template wrote. Strict: a tag not closed, an element or attribute outside the
 * vocabulary, text where none belongs are errors at the template's line. All of them are reported.
 */
export function parseMarkup(markup: string): Outcome<Element> {
  const problems: Diagnostic[] = [];
  const stack: Element[] = [];
  let root: Element | null = null;
  let last: NonNullable<Origin["template"]> = { file: "document.hbs", line: 1, column: 1 };
  const parser = new SaxesParser({ xmlns: false, position: false });
  const report = (code: Code, vi: string, en: string, hint?: readonly [string, string]): void => {
    const path = stack.at(-1)?.origin.plan;
    problems.push(
      fileError(
        code,
        { ...last, ...(path ? { path: stack.at(-1)?.attributes["at"] ?? "" } : {}) },
        both(vi, en),
        hint && both(...hint),
      ),
    );
  };

  parser.on("opentag", (tag) => {
    const attributes = tag.attributes as Record<string, string>;
    const template =
      attributes["t"] === undefined
        ? (stack.at(-1)?.origin.template ?? last)
        : parsePlace(attributes["t"]);
    last = template;
    const parent = stack.at(-1);
    const rule = VOCABULARY[tag.name];
    if (!rule) {
      const near = nearest(tag.name, Object.keys(VOCABULARY));
      report(
        "markup-unknown-element",
        `không có phần tử <${tag.name}>`,
        `there is no element <${tag.name}>`,
        near !== null ? [`có phải là <${near}>?`, `did you mean <${near}>?`] : undefined,
      );
    } else {
      for (const name of Object.keys(attributes)) {
        if (name === "t" || rule.attributes.includes(name)) continue;
        report(
          "markup-unknown-attribute",
          `<${tag.name}> không nhận thuộc tính “${name}”`,
          `<${tag.name}> takes no attribute “${name}”`,
          [`nhận: ${rule.attributes.join(", ")}`, `it takes: ${rule.attributes.join(", ")}`],
        );
      }
      for (const name of rule.required) {
        if (attributes[name] === undefined)
          report(
            "markup-missing-attribute",
            `<${tag.name}> thiếu thuộc tính “${name}”`,
            `<${tag.name}> lacks the attribute “${name}”`,
          );
      }
      const allowed = parent ? VOCABULARY[parent.name]?.children : ["document"];
      if (allowed && !allowed.includes(tag.name)) {
        report(
          "markup-misplaced",
          `<${tag.name}> không đặt được trong ${parent ? `<${parent.name}>` : "gốc"}`,
          `<${tag.name}> does not belong in ${parent ? `<${parent.name}>` : "the root"}`,
          [`ở đây nhận: ${allowed.join(", ")}`, `allowed here: ${allowed.join(", ")}`],
        );
      }
    }
    const at = attributes["at"];
    const element: Element = {
      name: tag.name,
      attributes,
      children: [],
      origin: { plan: at || (parent?.origin.plan ?? null), template },
    };
    if (parent) parent.children.push(element);
    else root ??= element;
    stack.push(element);
  });
  parser.on("closetag", () => {
    stack.pop();
  });
  parser.on("text", (text) => {
    const parent = stack.at(-1);
    if (!parent) return;
    if (VOCABULARY[parent.name]?.text) parent.children.push(text);
    else if (/[^ \t\r\n]/u.test(text)) {
      const shown = text.trim().slice(0, 30);
      report(
        "markup-stray-text",
        `chữ “${shown}” nằm ngoài đoạn văn, trong <${parent.name}>`,
        `the text “${shown}” is outside any paragraph, in <${parent.name}>`,
        ["đặt trong <p>, <title> hoặc <text>", "put it in <p>, <title> or <text>"],
      );
    }
  });
  parser.on("error", (error) => {
    const what = error.message.replace(/^\d+:\d+: /u, "").replace(/\.$/u, "");
    report(
      "markup-syntax",
      `mẫu viết ra đánh dấu hỏng: ${what}`,
      `the template writes broken markup: ${what}`,
      ["kiểm tra thẻ mở và thẻ đóng", "check opening and closing tags"],
    );
  });
  parser.write(markup).close();
  if (problems.length > 0) return fail(problems);
  if (root === null) {
    return fail([
      fileError(
        "markup-empty",
        last,
        both("mẫu không viết ra gì", "the template writes nothing"),
        both("mẫu chính phải viết <document>", "the main template must write <document>"),
      ),
    ]);
  }
  return succeed(root);
}

const places = new Map<string, NonNullable<Origin["template"]>>();

/** Places are few and come up again and again. */
function parsePlace(text: string): NonNullable<Origin["template"]> {
  const known = places.get(text) ?? readPlace(text);
  if (places.size > 5000) places.clear();
  places.set(text, known);
  return known;
}

function readPlace(text: string): NonNullable<Origin["template"]> {
  const [, file = "", line = "1", column = "1"] = /^(.*):(\d+):(\d+)$/u.exec(text) ?? [];
  return { file, line: Number(line), column: Number(column) };
}
