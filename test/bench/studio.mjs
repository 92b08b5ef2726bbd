// How fast the studio follows a key: npm run bench:studio [rounds]
//
// In one window of Chromium, over the 18-page fixture: from a key in a heading to the frame that
// shows its page; beside it, in the same run, an echo (the same frame with nothing computed) and the
// worker's own time. Every round types another letter.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const ROUNDS = Number(process.argv[2] ?? 60);
const LETTERS = "abcdeghiklmnopqrstuvxy";
const folder = mkdtempSync(join(tmpdir(), "kehoach-bench-"));
const server = spawn(process.execPath, [
  "dist/cli/main.cjs",
  ...["serve", "--no-open", "--port", "0", "--data", folder],
]);
const address = await new Promise((done) => {
  let said = "";
  server.stdout.on("data", (bytes) => {
    said += bytes;
    const found = /http:\S+(?=\n)/u.exec(said);
    if (found) done(found[0]);
  });
});
const executablePath = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.addInitScript(() => {
  // The times of the worker's answers, as they arrive.
  const Plain = globalThis.Worker;
  globalThis.answers = [];
  globalThis.Worker = class extends Plain {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) =>
        globalThis.answers.push({ seq: data.seq, took: data.took }),
      );
    }
  };
  globalThis.longTasks = [];
  new PerformanceObserver((list) =>
    globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  ).observe({ entryTypes: ["longtask"] });
});
await page.goto(address);
await page.setInputFiles(
  "input[type=file]",
  resolve(process.argv[3] ?? "fixtures/hon-quan-2024.yaml"),
);
await page.waitForSelector("canvas");
await page.locator(".steps button", { hasText: "Nội dung" }).click();
const field = page.locator('.form [data-path="body[0].heading"]');
await field.focus();
await page.waitForTimeout(1500);
await page.evaluate(() => (globalThis.longTasks.length = 0));

/** From a key until the frame after the worker's answer, or after nothing at all. */
const measure = (letter, echo) =>
  page.evaluate(
    ([typed, nothing]) =>
      new Promise((done) => {
        const before = globalThis.answers.length;
        const start = performance.now();
        const painted = () =>
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () =>
              done({
                took: performance.now() - start,
                worker: globalThis.answers.at(-1)?.took ?? 0,
              });
            channel.port2.postMessage(null);
          });
        if (nothing === "echo") return painted();
        const area = document.activeElement;
        const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
        value.set.call(area, area.value.slice(0, 20) + typed);
        area.dispatchEvent(new Event("input", { bubbles: true }));
        const wait = () => (globalThis.answers.length > before ? painted() : setTimeout(wait, 0));
        wait();
      }),
    [letter, echo],
  );

const figures = { echo: [], key: [], worker: [] };
for (let round = 0; round < ROUNDS + 10; round++) {
  const letters = LETTERS[round % LETTERS.length] + LETTERS[(round * 7) % LETTERS.length];
  const echo = await measure("", "echo");
  const key = await measure(`${letters}${round}`, "key");
  await page.waitForTimeout(30);
  if (round < 10) continue;
  figures.echo.push(echo.took);
  figures.key.push(key.took);
  figures.worker.push(key.worker);
}
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * share)];
for (const [name, list] of Object.entries(figures))
  console.log(
    `${name.padEnd(8)} median ${at(list, 0.5).toFixed(1)} ms, 95th percentile ${at(list, 0.95).toFixed(1)} ms`,
  );
const long = await page.evaluate(() => globalThis.longTasks.filter((took) => took > 50).length);
console.log(`tasks over 50 ms on the main thread while typing: ${long}`);
await browser.close();
server.kill();
rmSync(folder, { recursive: true, force: true });
