import { describe, expect, test } from "@jest/globals";
import { dedent } from "./support/dedent.js";

describe("texts set in with the code around them", () => {
  test("lose the first line break, the shared indent and the last line", () => {
    const text = dedent`
      - heading: A

        body: [b]
    `;
    expect(text).toBe("- heading: A\n\n  body: [b]");
  });

  test("put in values of several lines at the indent where they stand", () => {
    const rows = "- [1]\n\n- [2]";
    const text = dedent`
      rows:
        ${rows}
      note: ${"a"}${"b"}
    `;
    expect(text).toBe("rows:\n  - [1]\n\n  - [2]\nnote: ab");
  });

  test("may be set in less by a value than by what is written", () => {
    const text = dedent`
      ${"kehoach: 1"}
        - a
    `;
    expect(text).toBe("kehoach: 1\n  - a");
  });

  test("keep a text of one line, escapes, and indent beyond the shared one", () => {
    expect(dedent`a ${1} b`).toBe("a 1 b");
    expect(dedent`
        \tx \\ \u0041
      y
    `).toBe("  \tx \\ A\ny");
  });
});
