import { expect, test } from "@jest/globals";
import { parsePlan } from "../src/plan/parse-plan.js";
import { readOldNames } from "../src/plan/old-names.js";
import { yaml } from "./support/dedent.js";
import { line } from "./support/product.js";

const OLD = yaml`
  kehoach: 1
  issuer: { name: Ủy ban nhân dân xã An Bình }
  date: { year: 2026 }
  subject: Thực hiện công tác giảm nghèo
  bases:
    - { lead: Thực hiện, type: Nghị quyết, symbol: 1/NQ-HĐND }
  body:
    - lead: Phạm vi
      text: toàn xã.
      body: [{ see: pl1 }, { see: pl1 }]
  programme:
    skin: itemised
    sources: { tw: Ngân sách trung ương }
    projects:
      - { id: da1, official: Dự án 1, title: A, see: pl1, funding: { tw: 1 } }
  tables:
    chia:
      key: xa
      everyone: các xã
      units: [Xã A]
      columns: [{ id: xa, title: Xã }, { id: ho, title: Hộ, kind: count }]
      rows: [{ xa: Xã A, ho: 1 }]
  appendices: [{ id: pl1, title: Phụ lục, body: [{ lead: Một }] }]
`;

test("a file with names of earlier versions is read, and told the new ones", () => {
  const parsed = parsePlan(OLD, "plan.yaml");
  expect(parsed.problems.map(line)).toEqual([
    "plan.yaml:8:5 old-name “lead” nay gọi là “runIn” (2 chỗ)",
    "plan.yaml:10:14 old-name “see” nay gọi là “refer” (3 chỗ)",
    "plan.yaml:20:5 old-name “units” nay gọi là “assignees”",
    "plan.yaml:19:5 old-name “everyone” nay gọi là “allAssignees”",
    "plan.yaml:12:3 old-name “skin” nay gọi là “variant”",
  ]);
  if (!parsed.ok) throw new Error("refused");
  const { plan } = parsed.value;
  expect(plan.body[0]).toMatchObject({ kind: "runIn", runIn: "Phạm vi" });
  expect(plan.programme).toMatchObject({ variant: "itemised", projects: [{ refer: "pl1" }] });
  expect(plan.tables["chia"]).toMatchObject({ assignees: ["Xã A"], allAssignees: "các xã" });
  // The opening words of a basis are called so now as before.
  expect(plan.bases[0]).toMatchObject({ lead: "Thực hiện" });
});

test("a mistake in a value under an old name stands at that value", () => {
  const text = OLD.replace("skin: itemised", "skin: itemized");
  expect(parsePlan(text, "plan.yaml").problems.map(line)).toEqual([
    "plan.yaml:12:9 wrong-value không nhận “itemized”",
  ]);
});

test("data without old names is given back as it is", () => {
  const data = { body: [{ runIn: "Phạm vi" }], tables: {} };
  expect(readOldNames(data).data).toBe(data);
});
