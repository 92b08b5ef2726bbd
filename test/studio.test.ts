import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AxeBuilder } from "@axe-core/playwright";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, type CDPSession, type Locator, type Page, chromium } from "playwright-core";
import { type Studio, startStudio } from "./support/studio.js";
import { PROGRAMS, hasProgram } from "./support/tools.js";

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
  page.on("console", (message) => said.push(message.text()));
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
