import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AxeBuilder } from "@axe-core/playwright";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, type CDPSession, type Locator, type Page, chromium } from "playwright-core";
import { type Studio, startStudio } from "./support/studio.js";
import { yaml } from "./support/dedent.js";
import { PROGRAMS, hasProgram, output } from "./support/tools.js";

/** The studio as an official uses it, in a browser. */
const there = hasProgram("chromium");
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const FIXTURE = resolve("fixtures/hon-quan-2024.yaml");
const COMMAND = resolve("dist/cli/main.cjs");

let home = "";
let studio: Studio;
let browser: Browser;
const said: string[] = [];

if (!there) process.stderr.write(`${PROGRAMS.chromium} is missing: the studio is not tried\n`);

beforeAll(async () => {
  if (!there) return;
  home = mkdtempSync(join(tmpdir(), "kehoach-browser-"));
  studio = await startStudio(join(home, "data"));
  const executablePath = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
  browser = await chromium.launch({ executablePath, args: FLAGS });
});

afterAll(async () => {
  if (!there) return;
  await browser.close();
  await studio.stop();
  rmSync(home, { recursive: true, force: true });
});

test("Chromium is there where tests must run", () => {
  expect(there || process.env["CI"] !== "true").toBe(true);
});

/** A window of its own, at the list of plans. */
async function openWindow(width = 1440, dark: "dark" | "light" = "light"): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    // The browser itself writes down each request that the server refuses.
    if (!/status of 400/u.test(message.text())) said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(studio.address);
  await page.waitForSelector(".starters button");
  return page;
}

/** A plan from a file, opened, its pages drawn. */
async function openPlan(page: Page, file = FIXTURE): Promise<void> {
  await page.setInputFiles("input[type=file]", file);
  await page.waitForSelector("canvas", { state: "attached" });
}

async function saved(page: Page): Promise<void> {
  await page.waitForSelector("[data-saving=saved]");
}

async function step(page: Page, name: string): Promise<void> {
  await page.locator(".steps button", { hasText: name }).click();
}

function field(page: Page, path: string): Locator {
  return page.locator(`.form [data-path="${path}"]`);
}

/** A file that the page gives. */
async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".files button", { hasText: name }).click(),
  ]);
  return readFileSync(await file.path());
}

const inBrowser = there ? describe : describe.skip;

inBrowser("a plan from an old file", () => {
  test("is edited, and its files are those that the command writes", async () => {
    const page = await openWindow();
    await openPlan(page);
    await step(page, "Nội dung");
    await field(page, "body[0].body[0].heading").fill("Mục đích chung");
    await saved(page);
    const pdf = await download(page, "PDF");
    const text = (await download(page, "YAML")).toString();
    expect(text).toContain("Mục đích chung");
    const folder = mkdtempSync(join(home, "command-"));
    writeFileSync(join(folder, "a.yaml"), text);
    spawnSync(process.execPath, [COMMAND, "build", join(folder, "a.yaml")]);
    expect(pdf.equals(readFileSync(join(folder, "a.pdf")))).toBe(true);
    await page.reload();
    await step(page, "Nội dung");
    expect(await field(page, "body[0].body[0].heading").inputValue()).toBe("Mục đích chung");
    await page.context().close();
  });

  test("shows what is wrong, keeps its last pages, and leads to the field", async () => {
    const page = await openWindow();
    await openPlan(page);
    await step(page, "Nội dung");
    await field(page, "body[0].body[0].heading").fill("Mục đích {{figures.khong-co}}");
    await page.waitForSelector(".findings li.error");
    expect(await page.locator(".sheets canvas").count()).toBe(18);
    expect(await page.locator(".stale").textContent()).toContain("Trang của lần soạn trước");
    await step(page, "Căn cứ");
    await page.locator(".findings li.error button").first().click();
    await page.waitForFunction(() =>
      document.activeElement?.getAttribute("data-path")?.startsWith("body[0].body[0]"),
    );
    await field(page, "body[0].body[0].heading").fill("Mục đích");
    await page.waitForSelector(".stale", { state: "detached" });
    await page.context().close();
  });

  test("opens the field of a line that is clicked on the page", async () => {
    const page = await openWindow();
    await openPlan(page);
    await page.waitForTimeout(500);
    const box = await page.locator("canvas").first().boundingBox();
    if (box === null) throw new Error("no page is shown");
    // The line "I. MỤC ĐÍCH, YÊU CẦU" of the first page.
    await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.4185);
    await page.waitForFunction(() =>
      document.activeElement?.getAttribute("data-path")?.startsWith("body[0]"),
    );
    await page.context().close();
  });
});

inBrowser("a text that no file may hold", () => {
  test("is cleaned where it is typed, and saved", async () => {
    const page = await openWindow();
    await openPlan(page);
    await field(page, "issuer.place").fill("Hớn\u202e Quản\u0007");
    await saved(page);
    expect(await field(page, "issuer.place").inputValue()).toBe("Hớn Quản");
    await page.context().close();
  });
});

inBrowser("the clerk", () => {
  test("gives number and date, and the plan is frozen", async () => {
    const page = await openWindow();
    await openPlan(page);
    await page.locator(".state button", { hasText: "Trình" }).click();
    await page.locator(".state button", { hasText: "Ban hành" }).click();
    const [number, day] = [
      page.locator(".issue input").nth(0),
      page.locator(".issue input").nth(1),
    ];
    await number.fill("58");
    await day.fill("29/3/2024");
    await page.locator(".issue button").click();
    await page.waitForSelector(".mark.issued");
    await field(page, "issuer.place").press("End");
    await page.keyboard.type("X");
    expect(await field(page, "issuer.place").inputValue()).toBe("Hớn Quản");
    const text = (await download(page, "YAML")).toString();
    expect(text).toMatch(/^number: 58$/mu);
    expect(text).toMatch(/day: 29/u);
    await page.context().close();
  });
});

inBrowser("an allocation", () => {
  test("of 13 communes from 68 to 70 is seen in the table, at its foot and on the page", async () => {
    const page = await openWindow();
    const communes = Array.from(
      { length: 13 },
      (_, at) => `{ xa: Xã thứ ${at + 1}, ho: ${100 + at * 37} }`,
    );
    const file = join(home, "phan-bo.yaml");
    writeFileSync(
      file,
      yaml`
        kehoach: 1
        issuer: { name: Ủy ban nhân dân huyện Hớn Quản, place: Hớn Quản }
        date: { year: 2026 }
        subject: Giảm nghèo năm 2026
        figures: { giam: { value: 68, unit: hộ } }
        tables:
          giao:
            columns:
              - { id: xa, title: Xã }
              - { id: ho, title: Số hộ nghèo, kind: count }
              - { id: giam, title: Giao giảm, kind: count, allocate: { total: figures.giam, by: ho } }
            rows: [${communes.join(", ")}]
        body:
          - heading: Chỉ tiêu
            body: ["Toàn huyện giảm {{figures.giam}}:", { table: giao }]
      `,
    );
    await openPlan(page, file);
    await step(page, "Mục tiêu, số liệu");
    await field(page, "figures.giam.value").fill("70");
    await step(page, "Bảng, phụ lục");
    await page.waitForFunction(
      () => document.querySelector('[data-total="giam"]')?.textContent === "70",
    );
    const shares = await page.locator("[data-made$='.giam']").allTextContents();
    expect(shares).toHaveLength(13);
    expect(shares.reduce((sum, share) => sum + Number(share), 0)).toBe(70);
    await saved(page);
    writeFileSync(join(home, "phan-bo.pdf"), await download(page, "PDF"));
    const text = await output("pdftotext", [join(home, "phan-bo.pdf"), "-"]);
    expect(text).toContain("Toàn huyện giảm 70 hộ");
    await page.context().close();
  });

  test("is divided anew when its total changes", async () => {
    const page = await openWindow();
    await openPlan(page, resolve("templates/starter.yaml"));
    await step(page, "Mục tiêu, số liệu");
    await field(page, "figures.giam.value").fill("36");
    await step(page, "Bảng, phụ lục");
    await page.waitForFunction(
      () => document.querySelector('[data-total="giam"]')?.textContent === "36",
    );
    const shares = page.locator("[data-made$='.giam']");
    expect(await shares.allTextContents()).toEqual(["21", "15"]);
    await saved(page);
    const yaml = (await download(page, "YAML")).toString();
    expect(yaml).toMatch(/giam: \{ value: 36/u);
    await page.context().close();
  });
});

inBrowser("the outline", () => {
  test("is written by keys alone, as in a word processor", async () => {
    const page = await openWindow();
    await page.locator(".starters button").first().click();
    await page.waitForSelector(".steps");
    await step(page, "Nội dung");
    const first = field(page, "body[0].heading");
    await first.fill("MỤC ĐÍCH");
    await first.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Nâng cao đời sống");
    expect(await field(page, "body[1].heading").inputValue()).toBe("Nâng cao đời sống");
    await page.keyboard.press("Tab");
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("data-path") === "body[0].body[1].heading",
    );
    await page.keyboard.press("Shift+Tab");
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("data-path") === "body[1].heading",
    );
    await page.keyboard.press("Control+z");
    expect(await field(page, "body[0].body[1].heading").inputValue()).toBe("Nâng cao đời sống");
    await page.keyboard.press("Control+Shift+z");
    expect(await field(page, "body[1].heading").inputValue()).toBe("Nâng cao đời sống");
    await page.context().close();
  });

  test("shows the numbers that are printed", async () => {
    const page = await openWindow();
    await openPlan(page);
    await step(page, "Nội dung");
    await page.waitForFunction(() => document.querySelector(".node .label")?.textContent === "I.");
    await page.context().close();
  });
});

/** What programs put on the clipboard for the same three sections, each in its own way. */
const CLIPBOARDS = {
  Word: `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
    content="Microsoft Word 15"><style>p.MsoNormal{margin:0}</style></head><body lang=VI><!--StartFragment-->
    <p class=MsoNormal><b><span lang=VI>I. MỤC ĐÍCH<o:p></o:p></span></b></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
    style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Nâng
    cao đời sống của người dân.</p>
    <p class=MsoNormal><b>II. YÊU CẦU</b></p><p class=MsoNormal>- Đúng đối tượng;</p>
    <p class=MsoNormal><b>III. CHỈ TIÊU</b></p>
    <table border=1><tr><td><p><b>Xã</b></p></td><td><p><b>Số hộ</b></p></td></tr>
    <tr><td><p>Tân Khai</p></td><td><p>12</p></td></tr></table><!--EndFragment--></body></html>`,
  LibreOffice: `<html><body lang="vi-VN"><p style="font-weight: bold">I. MỤC ĐÍCH</p>
    <ol><li><p>Nâng cao đời sống của người dân.</p></li></ol>
    <p style="font-weight: bold">II. YÊU CẦU</p><ul><li><p>Đúng đối tượng;</p></li></ul>
    <p style="font-weight: bold">III. CHỈ TIÊU</p><table><col/><tr><td><p>Xã</p></td><td><p>Số hộ</p></td></tr>
    <tr><td><p>Tân Khai</p></td><td><p>12</p></td></tr></table></body></html>`,
  "Google Docs": `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">
    <span style="font-weight:700">I. MỤC ĐÍCH</span></p><ol><li dir="ltr" style="list-style-type:decimal"><p
    dir="ltr" role="presentation"><span style="font-weight:400">Nâng cao đời sống của người dân.</span></p></li></ol>
    <p dir="ltr"><span style="font-weight:700">II. YÊU CẦU</span></p><ul><li dir="ltr"><p><span>Đúng đối
    tượng;</span></p></li></ul><p dir="ltr"><span style="font-weight:700">III. CHỈ TIÊU</span></p><div dir="ltr">
    <table><tbody><tr><td><p><span>Xã</span></p></td><td><p><span>Số hộ</span></p></td></tr><tr><td><p><span>Tân
    Khai</span></p></td><td><p><span>12</span></p></td></tr></tbody></table></div></b>`,
};

/** Put something on the clipboard of a field, as a paste gives it. */
async function paste(target: Locator, types: Readonly<Record<string, string>>): Promise<void> {
  await target.focus();
  await target.evaluate((element, given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, types);
}

inBrowser("what is pasted", () => {
  test.each(Object.entries(CLIPBOARDS))(
    "from %s becomes sections, clauses, bullets and a table",
    async (_program, html) => {
      const page = await openWindow();
      await page.locator(".starters button").first().click();
      await page.waitForSelector(".steps");
      await step(page, "Nội dung");
      const first = field(page, "body[0].heading");
      await first.fill("");
      await paste(first, { "text/html": html, "text/plain": "x" });
      await page.waitForFunction(() => document.querySelectorAll(".outline .node").length >= 5);
      await saved(page);
      const text = (await download(page, "YAML")).toString();
      for (const words of ["MỤC ĐÍCH", "YÊU CẦU", "CHỈ TIÊU"])
        expect(text).toContain(`- heading: ${words}`);
      expect(text).toMatch(/(?:clause|heading): Nâng cao đời sống của người dân\./u);
      expect(text).toMatch(/Đúng đối tượng;/u);
      expect(text).toMatch(/title: Số hộ[^]*Tân Khai/u);
      expect(text).not.toMatch(/heading: ["']{2}/u);
      await page.context().close();
    },
  );

  test("that is too much to be understood goes in as the text it is", async () => {
    const page = await openWindow();
    await page.locator(".starters button").first().click();
    await page.waitForSelector(".steps");
    await step(page, "Nội dung");
    const first = field(page, "body[0].heading");
    await first.fill("");
    await paste(first, { "text/plain": "một dòng\n".repeat(5_001) });
    await page.waitForFunction(
      () =>
        (document.querySelector<HTMLTextAreaElement>('[data-path="body[0].heading"]')?.value ?? "")
          .length > 40_000,
    );
    await page.context().close();
  });

  test("as a sentence of law becomes a basis with its parts, found again by three letters", async () => {
    const page = await openWindow();
    await page.locator(".starters button").first().click();
    await page.waitForSelector(".steps");
    await step(page, "Căn cứ");
    const box = page.locator(".quick-basis textarea");
    await box.fill(
      "Căn cứ Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương trình mục tiêu quốc gia;",
    );
    await page.locator(".quick-basis > button").click();
    await page.waitForSelector('.form [data-path="bases[0].symbol"]');
    expect(await field(page, "bases[0].symbol").inputValue()).toBe("90/QĐ-TTg");
    expect(await field(page, "bases[0].issuer").inputValue()).toBe("Thủ tướng Chính phủ");
    await saved(page);
    await box.fill("thu tuong");
    await page.locator(".quick-basis li button").first().click();
    await page.waitForSelector('.form [data-path="bases[1].symbol"]');
    await page.context().close();
  });

  test("into a table of numbers fills its cells, as officials write numbers", async () => {
    const page = await openWindow();
    await openPlan(page, resolve("templates/starter.yaml"));
    await step(page, "Bảng, phụ lục");
    const cell = page.locator(".grid td input").first();
    await paste(cell, { "text/plain": "Thôn Nam\t1.234\nThôn Bắc\t56" });
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLInputElement>('[data-path="tables.chi-tieu.rows[0].thon"]')
          ?.value === "Thôn Nam",
    );
    await saved(page);
    const text = (await download(page, "YAML")).toString();
    const total = page.locator('[data-total="dau"]');
    expect(await total.textContent()).toBe("1.290");
    expect(text).toMatch(/thon: Thôn Nam, dau: 1234/u);
    expect(text).toMatch(/thon: Thôn Bắc, dau: 56/u);
    await page.context().close();
  });
});

/** The steps in which a syllable comes to be: n, ng, ngh, nghe, ngheo, nghèo. */
const SYLLABLES: readonly (readonly string[])[] = [
  ["n", "ng", "ngh", "nghe", "ngheo", "nghèo"],
  ["d", "du", "duo", "duon", "duong", "dương", "đường"],
  ["t", "ti", "tie", "tien", "tieng", "tiếng"],
];

/** Types as input methods do that compose: Windows' own, macOS, ibus. */
async function compose(devtools: CDPSession, page: Page): Promise<void> {
  for (const steps of SYLLABLES) {
    for (const text of steps)
      await devtools.send("Input.imeSetComposition", {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await devtools.send("Input.insertText", { text: steps.at(-1) ?? "" });
    await page.keyboard.press("Space");
  }
}

/** Types as UniKey does: Backspaces, then whole letters. */
async function typeAsUniKey(devtools: CDPSession, page: Page): Promise<void> {
  for (const steps of SYLLABLES) {
    let before = "";
    for (const text of steps) {
      let common = 0;
      while (common < before.length && before[common] === text[common]) common++;
      for (let at = common; at < before.length; at++)
        for (const type of ["rawKeyDown", "keyUp"] as const)
          await devtools.send("Input.dispatchKeyEvent", {
            type,
            key: "Backspace",
            windowsVirtualKeyCode: 8,
          });
      for (const letter of text.slice(common))
        await devtools.send("Input.dispatchKeyEvent", {
          type: "keyDown",
          text: letter,
          key: letter,
          windowsVirtualKeyCode: /[a-z]/u.test(letter) ? letter.toUpperCase().charCodeAt(0) : 231,
        });
      before = text;
    }
    await page.keyboard.press("Space");
  }
}

inBrowser("Vietnamese typing", () => {
  const places = [
    ["Thông tin chung", "issuer.name"],
    ["Nội dung", "body[0].heading"],
    ["Nội dung", "body[0].body[0].body[0].item"],
    ["Bảng, phụ lục", "tables"],
  ] as const;
  test.each([
    ["composed", compose],
    ["by UniKey", typeAsUniKey],
  ] as const)("%s is not disturbed in any kind of field", async (_name, type) => {
    const page = await openWindow();
    await openPlan(page);
    const devtools = await page.context().newCDPSession(page);
    for (const [name, path] of places) {
      await step(page, name);
      const cells = page.locator(".grid td input:not(.number)");
      const target =
        path !== "tables"
          ? page.locator(`.form [data-path^="${path}"]`).first()
          : (await cells.count()) > 0
            ? cells.first()
            : null;
      if (target === null || (await target.count()) === 0) continue;
      await target.fill("");
      await target.focus();
      await type(devtools, page);
      expect((await target.inputValue()).normalize("NFC").trim()).toBe("nghèo đường tiếng");
    }
    await page.context().close();
  });
});

inBrowser("two windows", () => {
  test("of one plan: the second is told, and nothing is overwritten", async () => {
    const first = await openWindow();
    await openPlan(first);
    const address = first.url();
    const second = await first.context().newPage();
    await second.goto(address);
    await second.waitForSelector("canvas");
    await field(first, "issuer.place").fill("Nơi một");
    await saved(first);
    await field(second, "issuer.place").fill("Nơi hai");
    await second.waitForSelector(".told");
    expect(await second.locator(".told").textContent()).toContain("Không có gì bị ghi đè");
    await second.locator(".told button").first().click();
    await second.waitForFunction(
      () =>
        document.querySelector<HTMLTextAreaElement>('[data-path="issuer.place"]')?.value ===
        "Nơi một",
    );
    await first.context().close();
  });
});

inBrowser("for everybody", () => {
  test.each([
    ["light", 1440],
    ["dark", 1440],
    ["light", 390],
  ] as const)("no serious fault of access: %s, %i px", async (scheme, width) => {
    const page = await openWindow(width, scheme);
    const faults: string[] = [];
    const look = async (where: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, impact, nodes } of violations)
        if (impact === "serious" || impact === "critical")
          faults.push(`${where}: ${id} ${nodes[0]?.html ?? ""}`);
    };
    await look("list");
    await openPlan(page);
    for (const name of ["Thông tin chung", "Căn cứ", "Nội dung", "Bảng, phụ lục", "Nơi nhận"]) {
      await step(page, name);
      await look(name);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

inBrowser("the pages", () => {
  test("obey their own policy: nothing is refused, nothing fails", () => {
    expect(said).toEqual([]);
  });
});
