import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { yaml } from "./support/dedent.js";
import { type Studio, json, startStudio } from "./support/studio.js";

/**
 * The studio's server: plans are kept, never overwritten unasked, and given to nobody else.
 * KEHOACH_STUDIO_KILLS says how many times it is killed in the middle of saves.
 */
const KILLS = Number(process.env["KEHOACH_STUDIO_KILLS"] ?? 6);
const COMMAND = resolve("dist/cli/main.cjs");

let home = "";
let studio: Studio;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "kehoach-studio-"));
  studio = await startStudio(join(home, "data"));
});

afterAll(async () => {
  await studio.stop();
  rmSync(home, { recursive: true, force: true });
});

const PLAN = yaml`
  # Chú giải của người soạn.
  kehoach: 1
  issuer: { name: Ủy ban nhân dân xã An Bình, place: An Bình }
  date: { year: 2026 }
  subject: Triển khai Đề án giảm nghèo năm 2026 # trích yếu
  body:
    - heading: Mục đích
      body:
        - clause: Nâng cao đời sống của người dân.
  signature: { lines: [TM. Ủy ban nhân dân, Chủ tịch], name: Nguyễn Văn An }
`;

interface Opened {
  readonly id: string;
  readonly revision: number;
  readonly data: Record<string, unknown>;
  readonly state: string;
}

async function create(text: string): Promise<string> {
  const answer = await studio.ask("/api/plans", json("POST", { text }));
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { readonly id: string }).id;
}

async function open(id: string): Promise<Opened> {
  return (await (await studio.ask(`/api/plans/${id}`)).json()) as Opened;
}

async function save(id: string, from: number, data: object): Promise<Response> {
  return studio.ask(`/api/plans/${id}`, json("PUT", { from, data }));
}

async function titles(query: string): Promise<string[]> {
  const found = (await (await studio.ask(`/api/plans?q=${encodeURIComponent(query)}`)).json()) as {
    readonly title: string;
  }[];
  return found.map(({ title }) => title);
}

describe("plans", () => {
  test("are found by words without marks, đ included", async () => {
    await create(PLAN);
    const title = "Kế hoạch Triển khai Đề án giảm nghèo năm 2026";
    for (const words of ["giam ngheo", "de an", "ĐỀ ÁN", "an binh 2026"])
      expect(await titles(words)).toContain(title);
    expect(await titles("chuyen doi so")).not.toContain(title);
  });

  test("keep their comments when one field is changed", async () => {
    const id = await create(PLAN);
    const { data, revision } = await open(id);
    await save(id, revision, { ...data, subject: "Triển khai Đề án khác" });
    const text = await (await studio.ask(`/api/plans/${id}/files/yaml`)).text();
    expect(text).toContain("# Chú giải của người soạn.");
    expect(text).toContain("subject: Triển khai Đề án khác # trích yếu");
    expect(text).toContain("date: { year: 2026 }");
  });

  test("saved from an old revision overwrite nothing", async () => {
    const id = await create(PLAN);
    const { data, revision } = await open(id);
    expect((await save(id, revision, { ...data, subject: "Bản một" })).status).toBe(200);
    const late = await save(id, revision, { ...data, subject: "Bản hai" });
    expect(late.status).toBe(409);
    expect((await open(id)).data["subject"]).toBe("Bản một");
  });

  test("are frozen once they are issued", async () => {
    const id = await create(PLAN);
    const { data, revision } = await open(id);
    const issued = await studio.ask(
      `/api/plans/${id}/state`,
      json("POST", { from: revision, state: "issued" }),
    );
    expect(issued.status).toBe(200);
    expect((await save(id, revision + 1, { ...data, subject: "Sửa lén" })).status).toBe(423);
    const back = json("POST", { from: revision + 1, state: "draft" });
    expect((await studio.ask(`/api/plans/${id}/state`, back)).status).toBe(423);
    expect((await open(id)).data["subject"]).toBe("Triển khai Đề án giảm nghèo năm 2026");
  });

  test("go back to a version that was kept", async () => {
    const id = await create(PLAN);
    const { data, revision } = await open(id);
    const kept = json("POST", { author: "Bà Bình", note: "trước khi sửa" });
    await studio.ask(`/api/plans/${id}/versions`, kept);
    await save(id, revision, { ...data, subject: "Bản khác" });
    const back = json("POST", { from: revision + 1, number: 1 });
    expect((await studio.ask(`/api/plans/${id}/versions/restore`, back)).status).toBe(200);
    expect((await open(id)).data["subject"]).toBe(data["subject"]);
  });

  test("lie in the bin until they are taken back", async () => {
    const id = await create(PLAN.replace("giảm nghèo", "riêng biệt"));
    await studio.ask(`/api/plans/${id}`, { method: "DELETE" });
    expect(await titles("rieng biet")).toEqual([]);
    await studio.ask(`/api/plans/${id}/restore`, { method: "POST" });
    expect(await titles("rieng biet")).toHaveLength(1);
  });

  test("become the same files as the command writes", async () => {
    const text = readFileSync("fixtures/hon-quan-2024.yaml", "utf8");
    const id = await create(text);
    const folder = mkdtempSync(join(home, "built-"));
    writeFileSync(join(folder, "a.yaml"), text);
    spawnSync(process.execPath, [COMMAND, "build", join(folder, "a.yaml")]);
    for (const kind of ["docx", "pdf"]) {
      const answer = await studio.ask(`/api/plans/${id}/files/${kind}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.equals(readFileSync(join(folder, `a.${kind}`)))).toBe(true);
    }
  });

  test.each(["đảo \u202e chữ", "điều \u0007 khiển", "nửa \ud83d chữ"])(
    "with text that could not be opened again are not saved: %j",
    async (subject) => {
      const id = await create(PLAN);
      const { data, revision } = await open(id);
      expect((await save(id, revision, { ...data, subject })).status).toBe(422);
      expect((await open(id)).data).toEqual(data);
    },
  );

  test("with names of every object do no harm", async () => {
    const id = await create(PLAN);
    const body = `{"from":1,"data":{"kehoach":1,"__proto__":{"x":1},"constructor":"y"}}`;
    const put = { method: "PUT", headers: { "content-type": "application/json" }, body };
    const answer = await studio.ask(`/api/plans/${id}`, put);
    expect([200, 400, 422]).toContain(answer.status);
    expect(({} as { x?: number }).x).toBeUndefined();
    expect((await studio.ask("/api/plans")).status).toBe(200);
  });

  test("nested without end are refused, and the server goes on", async () => {
    const id = await create(PLAN);
    const deep = `{"from":1,"data":{"body":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`;
    const put = { method: "PUT", headers: { "content-type": "application/json" }, body: deep };
    expect((await studio.ask(`/api/plans/${id}`, put)).status).toBeGreaterThanOrEqual(400);
    expect((await studio.ask("/api/plans")).status).toBe(200);
    expect((await open(id)).revision).toBe(1);
  });

  test("with errors are not handed in, nor issued", async () => {
    const id = await create(PLAN.replace("Mục đích", "Mục đích {{figures.khong-co}}"));
    for (const state of ["submitted", "issued"]) {
      const asked = json("POST", { from: 1, state });
      expect((await studio.ask(`/api/plans/${id}/state`, asked)).status).toBe(422);
    }
    expect((await open(id)).state).toBe("draft");
  });

  test("with errors become no files", async () => {
    const id = await create(PLAN.replace("Mục đích", "Mục đích {{figures.khong-co}}"));
    const answer = await studio.ask(`/api/plans/${id}/files/pdf`);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("khong-co");
  });
});

describe("starters", () => {
  test("are eight at least, and each is a plan without a finding", async () => {
    const listed = (await (await studio.ask("/api/starters")).json()) as {
      readonly id: string;
      readonly title: string;
      readonly about: string;
    }[];
    expect(listed.length).toBeGreaterThanOrEqual(8);
    for (const { id, title, about } of listed) {
      expect(title).toMatch(/^\p{Lu}/u);
      expect(about.length).toBeGreaterThan(20);
      const made = await studio.ask("/api/plans", json("POST", { starter: id }));
      expect(made.status).toBe(201);
      const run = spawnSync(
        process.execPath,
        [COMMAND, "check", resolve("templates/starters", `${id}.yaml`)],
        { encoding: "utf8" },
      );
      expect(run.stdout + run.stderr).toMatch(/không có lỗi {2}[234] trang/u);
    }
  });
});

describe("an uploaded file", () => {
  test("that is an old Word file becomes a plan", async () => {
    const folder = mkdtempSync(join(home, "word-"));
    writeFileSync(join(folder, "a.yaml"), PLAN);
    spawnSync(process.execPath, [COMMAND, "build", join(folder, "a.yaml"), "--no-source"]);
    const answer = await studio.ask("/api/uploads/a.docx", {
      method: "POST",
      body: readFileSync(join(folder, "a.docx")),
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Nâng cao đời sống của người dân");
  });

  test("that is no document is told, and the server goes on", async () => {
    const answer = await studio.ask("/api/uploads/a.docx", {
      method: "POST",
      body: "PK\u0003\u0004",
    });
    expect(answer.status).toBe(422);
    expect((await studio.ask("/api/plans")).status).toBe(200);
  });
});

describe("nobody else", () => {
  /** A request with headers that fetch does not let one set. */
  function raw(
    headers: Record<string, string>,
    method = "GET",
    path = "/api/plans",
  ): Promise<number> {
    const { port } = new URL(studio.origin);
    return new Promise((done, failed) => {
      const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
      });
      asked.once("error", failed);
      asked.end();
    });
  }

  test("reads plans without the token of this start", async () => {
    expect((await fetch(`${studio.origin}/api/plans`)).status).toBe(401);
    const wrong = await fetch(`${studio.origin}/?t=wrong`, { redirect: "manual" });
    expect(wrong.headers.get("set-cookie")).toBeNull();
  });

  test("reaches it under another name: a page that points its own name here", async () => {
    expect(await raw({ host: "evil.example:80" })).toBe(403);
    expect(await raw({ host: "evil.example" }, "GET", "/")).toBe(403);
  });

  test("asks from another page", async () => {
    const host = new URL(studio.origin).host;
    expect(await raw({ host, origin: "http://evil.example" }, "POST")).toBe(403);
    expect(await raw({ host, origin: "null" }, "POST")).toBe(403);
    expect(await raw({ host, "sec-fetch-site": "cross-site" })).toBe(403);
  });

  test("reads files of the disk through names", async () => {
    for (const path of ["/assets/..%2f..%2fpackage.json", "/assets/%2e%2e/package.json"])
      expect((await studio.ask(path)).status).toBe(404);
    expect((await studio.ask("/api/plans/..%2f..%2fetc%2fpasswd/files/yaml")).status).toBe(404);
  });

  test("puts scripts into its pages, or the pages into frames", async () => {
    const page = await studio.ask("/");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    const cookie = (await fetch(studio.address, { redirect: "manual" })).headers.get("set-cookie");
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Strict/u);
  });

  test("fills its memory with one request", async () => {
    const answer = await studio.ask("/api/uploads/a.docx", {
      method: "POST",
      body: new Uint8Array(31_000_000),
    });
    expect(answer.status).toBe(413);
  });
});

describe("a start", () => {
  function serve(...args: string[]): { readonly status: number | null; readonly said: string } {
    const run = spawnSync(process.execPath, [COMMAND, "serve", "--no-open", ...args], {
      encoding: "utf8",
      timeout: 20_000,
    });
    return { status: run.status, said: run.stdout + run.stderr };
  }

  test("on a folder that another run has says where that one is", () => {
    const { status, said } = serve("--port", "0", "--data", join(home, "data"));
    expect(status).toBe(1);
    expect(said).toContain(`thư mục dữ liệu đang được một lần chạy khác dùng (${studio.origin}/)`);
  });

  test("on a folder that a power cut left, its process number another program's, goes on", async () => {
    const folder = join(home, "cut");
    mkdirSync(folder);
    const left = { process: process.pid, address: "http://127.0.0.1:9/" };
    writeFileSync(join(folder, "in-use.json"), JSON.stringify(left));
    const again = await startStudio(folder);
    expect(await again.stop()).toBe(0);
  });

  test.each([
    ["a file where the folder should be", (folder: string) => writeFileSync(folder, "của tôi")],
    [
      "a database that is none",
      (folder: string) => {
        mkdirSync(folder);
        writeFileSync(
          join(folder, "kehoach.sqlite"),
          "của tôi, không phải cơ sở dữ liệu".repeat(200),
        );
      },
    ],
  ])("on %s says so and replaces nothing", (_what, lay) => {
    const folder = mkdtempSync(join(home, "bad-"));
    const data = join(folder, "data");
    lay(data);
    const { status, said } = serve("--port", "0", "--data", data);
    expect(status).toBe(1);
    expect(said).toMatch(/thư mục dữ liệu/u);
    expect(said).not.toMatch(/\n\s+at /u);
    const kept = existsSync(join(data, "kehoach.sqlite")) ? join(data, "kehoach.sqlite") : data;
    expect(readFileSync(kept, "utf8")).toContain("của tôi");
  });

  test("on a port that is taken says so and leaves no lock", () => {
    const { port } = new URL(studio.origin);
    const folder = join(home, "other");
    const { status, said } = serve("--port", port, "--data", folder);
    expect(status).toBe(1);
    expect(said).toContain(`cổng ${port} đang có chương trình khác dùng`);
    expect(readdirSync(folder)).not.toContain("in-use.json");
  });

  test("with a port that is no number is told", () => {
    const { status, said } = serve("--port", "abc");
    expect(status).toBe(2);
    expect(said).toContain("cổng phải là số");
  });

  test("stopped by Ctrl+C ends well and gives its folder back", async () => {
    const folder = join(home, "short");
    const short = await startStudio(folder);
    expect(await short.stop()).toBe(0);
    expect(existsSync(join(folder, "in-use.json"))).toBe(false);
  });
});

test(`killed ${KILLS} times in the middle of saves, it loses no save that it acknowledged`, async () => {
  const folder = join(home, "killed");
  let last: { readonly id: string; readonly revision: number; readonly subject: string } | null =
    null;
  for (let round = 0; round < KILLS; round++) {
    const here = await startStudio(folder);
    if (last !== null) {
      const again = (await (await here.ask(`/api/plans/${last.id}`)).json()) as Opened;
      // One more may be on the disk whose answer did not come any more.
      expect([last.revision, last.revision + 1]).toContain(again.revision);
      if (again.revision === last.revision) expect(again.data["subject"]).toBe(last.subject);
    }
    const made = await here.ask("/api/plans", json("POST", { text: PLAN }));
    const { id } = (await made.json()) as { readonly id: string };
    const { data } = (await (await here.ask(`/api/plans/${id}`)).json()) as Opened;
    setTimeout(() => here.process.kill("SIGKILL"), 20 + ((round * 37) % 150));
    let revision = 1;
    for (;;) {
      const subject = `Lần ${revision}`;
      const saved = await here
        .ask(`/api/plans/${id}`, json("PUT", { from: revision, data: { ...data, subject } }))
        .catch(() => null);
      if (saved?.status !== 200) break;
      revision++;
      last = { id, revision, subject };
    }
    await here.kill();
  }
  expect(last).not.toBeNull();
}, 600_000);
