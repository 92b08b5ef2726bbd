/**
 * Makes the spreadsheets of fixtures/allocation/: `npm run fixtures`. Names of places are real
 * where few, invented where 3,321.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CellObject, type WorkSheet, utils, write } from "@e965/xlsx";

const FOLDER = "fixtures/allocation";

/** Rows of cells, merged areas ("A4:A5"), hidden rows (from 1), as a sheet. */
export interface SheetSketch {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | boolean | null | CellObject)[])[];
  readonly merges?: readonly string[];
  readonly hidden?: readonly number[];
}

/** A workbook of these sheets, as .xlsx (or another format by its name). */
export function makeWorkbook(
  sheets: readonly SheetSketch[],
  bookType: "xlsx" | "xls" | "ods" = "xlsx",
): Uint8Array {
  const book = utils.book_new();
  for (const { name, rows, merges = [], hidden = [] } of sheets) {
    const sheet: WorkSheet = utils.aoa_to_sheet(rows.map((row) => [...row]));
    if (merges.length > 0) sheet["!merges"] = merges.map((area) => utils.decode_range(area));
    if (hidden.length > 0) {
      sheet["!rows"] = [];
      for (const row of hidden) sheet["!rows"][row - 1] = { hidden: true };
    }
    utils.book_append_sheet(book, sheet, name);
  }
  return new Uint8Array(write(book, { type: "array", bookType, compression: true }) as ArrayBuffer);
}

/**
 * Units of Hớn Quản with invented numbers that add up to the district's: households, poor ones of
 * minorities and of Kinh people.
 */
export const UNITS: readonly (readonly [string, number, number, number])[] = [
  ["Thị trấn Tân Khai", 3120, 0, 2],
  ["Xã An Khương", 1680, 9, 6],
  ["Xã An Phú", 2050, 4, 5],
  ["Xã Đồng Nơ", 1940, 2, 6],
  ["Xã Minh Đức", 1890, 3, 6],
  ["Xã Minh Tâm", 1420, 1, 5],
  ["Xã Phước An", 2210, 5, 7],
  ["Xã Tân Hiệp", 2640, 2, 6],
  ["Xã Tân Hưng", 2980, 4, 7],
  ["Xã Tân Lợi", 2300, 6, 6],
  ["Xã Tân Quan", 1760, 3, 5],
  ["Xã Thanh An", 2470, 8, 6],
  ["Xã Thanh Bình", 1960, 5, 6],
];

const vietnamese = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/gu, ".");

/**
 * The sheet as offices keep it: titles above, a head of two rows with merged cells, column numbers,
 * some numbers as text, a row of totals, a note.
 */
export function cleanSheet(): SheetSketch {
  return {
    name: "Hộ nghèo",
    rows: [
      ["UBND HUYỆN HỚN QUẢN"],
      ["BIỂU RÀ SOÁT HỘ NGHÈO CUỐI NĂM 2023"],
      [],
      ["STT", "Tên xã, thị trấn", "Tổng số hộ dân", "Hộ nghèo đầu kỳ", null, null, "Ngày rà soát"],
      [null, null, null, "Tổng số", "Hộ DTTS", "Hộ Kinh", null],
      ["A", "B", "1", "2=3+4", "3", "4", "5"],
      ...UNITS.map(([name, households, minority, kinh], index) => [
        index + 1,
        name,
        index % 3 === 0 ? vietnamese(households) : households,
        { t: "n", v: minority + kinh, f: `E${index + 7}+F${index + 7}` } satisfies CellObject,
        minority,
        kinh,
        { t: "n", v: 45260 + index, z: "dd/mm/yyyy" } satisfies CellObject,
      ]),
      [null, "Tổng cộng", 28420, { t: "n", v: 125, f: "SUM(D7:D19)" } satisfies CellObject, 52, 73],
      [],
      ["Ghi chú: số liệu đã được các xã, thị trấn xác nhận."],
    ],
    merges: ["A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:G5", "A2:G2"],
  };
}

/** One fault on each sheet. */
export function dirtySheets(): SheetSketch[] {
  const head = ["Xã, thị trấn", "Số hộ"];
  const rows = (change: (rows: SheetSketch["rows"][number][]) => void): SheetSketch["rows"] => {
    const list: SheetSketch["rows"][number][] = [
      head,
      ...UNITS.slice(0, 5).map(([name, households]) => [name, households]),
    ];
    change(list);
    return list;
  };
  return [
    { name: "Thiếu xã", rows: rows((list) => void list.splice(3, 1)) },
    { name: "Trùng xã", rows: rows((list) => void list.splice(4, 0, ["xã An  Khương", 1680])) },
    {
      name: "Chữ trong ô số",
      rows: rows((list) => void (list[2] = ["Xã An Khương", "chưa rà soát"])),
    },
    { name: "Số âm", rows: rows((list) => void (list[2] = ["Xã An Khương", -4])) },
    { name: "Quá lớn", rows: rows((list) => void (list[2] = ["Xã An Khương", 1e21])) },
    { name: "Dòng ẩn", rows: rows(() => undefined), hidden: [4] },
    {
      name: "Lỗi công thức",
      rows: rows((list) => void (list[2] = ["Xã An Khương", { t: "e", v: 23, f: "Z9/0" }])),
    },
    {
      name: "Số thành ngày",
      rows: rows(
        (list) =>
          void (list[2] = [
            "Xã An Khương",
            { t: "n", v: 45355, z: "dd/mm/yyyy" } satisfies CellObject,
          ]),
      ),
    },
    { name: "Tổng sai", rows: rows((list) => void list.push(["Tổng cộng", 10679])) },
    { name: "Không có tên", rows: rows((list) => void (list[3] = [null, 2050])) },
    { name: "Lẻ", rows: rows((list) => void (list[2] = ["Xã An Khương", 1680.5])) },
  ];
}

const FIRST = (
  "An Bình Cẩm Châu Đại Đắk Đông Đồng Đức Gia Hà Hải Hòa Hoàng Hồng Hưng Ia Khánh Kim La " +
  "Lạc Long Lộc Lương Mai Minh Mỹ Nam Nậm Nghĩa Ngọc Nhân Ninh Phong Phú Phúc Phước " +
  "Quảng Quang Sơn Tam Tân Tây Thạch Thái Thanh Thành Thiện Thuận Thượng Tiên Trà Trung " +
  "Trường Tú Vạn Văn Việt Vĩnh Xuân Yên"
).split(" ");
const SECOND = (
  "Ái Bắc Cường Dân Điền Giang Hiệp Hóa Hội Hợp Khê Lâm Lập Lễ Lĩnh Lợi Lý Mỹ Nghị " +
  "Nguyên Nhơn Phương Quý Sơn Tâm Thắng Thịnh Thọ Thủy Tiến Tín Toàn Trạch Trị Tường " +
  "Viên Vọng Xá"
).split(" ");
export const PROVINCES = (
  "An Giang,Bắc Ninh,Cà Mau,Cao Bằng,Cần Thơ,Đà Nẵng,Đắk Lắk,Điện Biên,Đồng Nai,Đồng " +
  "Tháp,Gia Lai,Hà Nội,Hà Tĩnh,Hải Phòng,Huế,Hưng Yên,Khánh Hòa,Lai Châu,Lạng Sơn,Lào " +
  "Cai,Lâm Đồng,Nghệ An,Ninh Bình,Phú Thọ,Quảng Ngãi,Quảng Ninh,Quảng Trị,Sơn La,Tây " +
  "Ninh,Thanh Hóa,Thành phố Hồ Chí Minh,Thái Nguyên,Tuyên Quang,Vĩnh Long"
).split(",");

/** So many communes with invented names and numbers: always the same ones. */
export function communes(
  count: number,
): { readonly name: string; readonly province: string; readonly numbers: readonly number[] }[] {
  let seed = 20_241_001;
  const next = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * most);
  };
  const size = Math.ceil(count / PROVINCES.length);
  return Array.from({ length: count }, (_, index) => {
    const within = index % size;
    const province = PROVINCES[Math.floor(index / size)] ?? "";
    const pair = (within * 31 + index * 7) % (FIRST.length * SECOND.length);
    const name =
      `Xã ${FIRST[pair % FIRST.length]} ${SECOND[Math.floor(pair / FIRST.length)]} ` +
      `${within + 1}`;
    const households = 40 + next(230);
    const poor = 2 + next(Math.floor(households / 6));
    return {
      name,
      province,
      numbers: [
        households,
        3 + next(12),
        poor,
        next(poor + 1),
        next(Math.floor(households / 5)),
        next(12),
      ],
    };
  });
}

export const COMMUNES = 3321;

/** The sheet of all communes: numbers only, as a statistics office hands it out. */
export function communeSheet(count: number): SheetSketch {
  return {
    name: "Toàn quốc",
    rows: [
      [
        "STT",
        "Tỉnh, thành phố",
        "Tên xã",
        "Số hộ",
        "Số thôn",
        "Hộ nghèo",
        "Hộ nghèo DTTS",
        "Hộ cận nghèo",
        "Nhà tạm",
      ],
      ...communes(count).map(({ name, province, numbers }, index) => [
        index + 1,
        province,
        name,
        ...numbers,
      ]),
    ],
  };
}

if (process.argv[1]?.endsWith("make-sheets.js")) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "ho-ngheo.xlsx"), makeWorkbook([cleanSheet()]));
  writeFileSync(join(FOLDER, "so-lieu-ban.xlsx"), makeWorkbook(dirtySheets()));
  writeFileSync(join(FOLDER, "ba-nghin-xa.xlsx"), makeWorkbook([communeSheet(COMMUNES)]));
}
