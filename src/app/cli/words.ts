import type { Language } from "../../base/diagnostic.js";

/** A name from somebody else's file, fit for a terminal. */
function shownName(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

/** Everything the command says about itself, in both languages. */
export const WORDS = {
  vi: {
    about: "Soạn, kiểm tra và xuất bản Kế hoạch hành chính theo Nghị định 30/2020/NĐ-CP.",
    synopsis: (command: string) =>
      (
        ({
          kehoach: "<lệnh> [tùy chọn]",
          schema: "[tùy chọn]",
          init: "[tên]",
          extract: "<tệp> [tùy chọn]",
          import: "<tệp…> [tùy chọn]",
        }) as Record<string, string>
      )[command] ?? "<kế hoạch…> [tùy chọn]",
    usage: "Cách dùng:",
    options: "Tùy chọn:",
    commands: "Lệnh:",
    arguments: "Đối số:",
    globalOptions: "Tùy chọn chung:",
    help: "hiện hướng dẫn",
    helpCommand: "hiện hướng dẫn của một lệnh",
    version: "hiện phiên bản",
    lang: "ngôn ngữ của thông báo: vi (mặc định), en",
    format: "dạng báo lỗi: text (mặc định), short, json",
    build: "dựng tệp Word và PDF từ dữ liệu kế hoạch",
    check: "kiểm tra dữ liệu và mẫu, không ghi tệp nào",
    differs: (file: string) =>
      `đã có tệp ${file}, nội dung khác; không ghi đè. Chọn thư mục khác: -o DIR`,
    extract: "lấy lại dữ liệu kế hoạch từ tệp Word hoặc PDF đã dựng",
    madeFile: "tệp .pdf hoặc .docx do kehoach dựng",
    extractOut: "thư mục ghi dữ liệu (mặc định: cạnh tệp)",
    pdfStandard: "chuẩn PDF: a-3a,ua-1 (mặc định), a-2a, none",
    noSource: "không kèm dữ liệu kế hoạch trong tệp",
    unknownStandard: (found: string) =>
      `không có chuẩn PDF “${found}”. Nhận: a-3a, a-2a (một trong hai), ua-1, none`,
    schema: "in JSON Schema (draft-07) của dữ liệu kế hoạch",
    serve: "mở phòng soạn thảo trong trình duyệt, trên máy này, không cần mạng",
    port: "cổng trên 127.0.0.1 (mặc định: 4170, hoặc cổng trống)",
    wrongPort: (found: string) => `cổng phải là số từ 0 đến 65535, không phải “${found}”`,
    dataFolder: "thư mục chứa dữ liệu (mặc định: trong thư mục của người dùng)",
    noOpen: "không tự mở trình duyệt",
    studioAt: (address: string, folder: string) =>
      `Phòng soạn thảo: ${address}\nDữ liệu: ${folder}\nNhấn Ctrl+C để đóng.`,
    init: "tạo một tệp kế hoạch mẫu có chú giải để điền",
    unit: 'chỉ dựng phần giao cho một đơn vị: --assignee "xã An Khương"',
    explain: 'nói rõ từng bước một đơn vị được phân bổ bao nhiêu: --explain "xã An Khương"',
    extracts: "dựng phần giao cho từng đơn vị, kèm bảng đối chiếu với tổng của kế hoạch",
    force: "ghi đè cả tệp đã ký, đã bị sửa hoặc không do kehoach dựng",
    forceText: "ghi đè tệp đã có, dù nội dung khác",
    givenFiles: (names: readonly string[]) =>
      `tệp kèm theo, ghi cạnh kế hoạch: ${names.join(", ")}`,
    leftOut: (names: readonly string[]) =>
      `tệp kèm theo mà kế hoạch không nhắc tên, hoặc tên không dùng được, không ghi: ${names.map(shownName).join(", ")}`,
    allowDir: "cho phép kế hoạch lấy bảng tính, ảnh từ thư mục này (ngoài thư mục của nó)",
    noTables: (file: string) => `${file}: không có bảng nào, không ghi .xlsx`,
    extractsDone: (count: number, folder: string) => `${count} đơn vị → ${folder}`,
    plans: "tệp kế hoạch (.yaml, .json)",
    out: "thư mục ghi kết quả (mặc định: cạnh tệp kế hoạch)",
    to: "các dạng cần dựng, cách nhau dấu phẩy: docx,pdf (mặc định), xlsx, tree, layout, text",
    templates: "thư mục mẫu của cơ quan (.hbs), thay mẫu cùng tên",
    fonts: "thư mục phông chữ của cơ quan (bốn tệp .ttf)",
    profile: "tệp thể thức của cơ quan (.yaml)",
    name: "tên tệp sẽ tạo",
    pages: (count: number) => `${count} trang`,
    seconds: (ms: number) => `${(ms / 1000).toFixed(2).replace(".", ",")} giây`,
    checked: (file: string) => `${file}: không có lỗi`,
    failed: (count: number, plans: number) =>
      plans > 1
        ? `${count} lỗi; ${plans} kế hoạch chưa dựng được.`
        : `${count} lỗi; chưa ghi tệp nào.`,
    warned: (count: number) => `${count} cảnh báo; vẫn dựng được.`,
    import: "biến một kế hoạch có sẵn (Word, PDF, văn bản) thành dữ liệu kế hoạch",
    oldFile: "tệp .docx, .pdf, .txt hoặc .md",
    importOut: "tệp .yaml sẽ ghi, hoặc thư mục (mặc định: cạnh tệp nguồn; “-”: in ra màn hình)",
    knowledge: "tệp từ ngữ riêng của cơ quan (.yaml), thêm vào templates/knowledge.yaml",
    importNoSource: "không lấy dữ liệu mà tệp kehoach dựng mang theo; đọc chữ trong tệp",
    importFormat: "dạng báo cáo: text (mặc định), json",
    importEdited: (count: number, file: string) =>
      `chữ trong tệp khác dữ liệu ấy ở ${count} chỗ: tệp đã được sửa sau khi dựng. Muốn giữ chỗ sửa: kehoach import ${file} --no-source`,
    importManyOut:
      "sau -o phải là một tệp .yaml, hoặc một thư mục khi có nhiều tệp nguồn (tên các tệp phải khác nhau)",
    importCarried: (file: string, target: string) =>
      `${file} → ${target}: tệp do kehoach dựng, lấy lại đúng dữ liệu nó mang theo`,
    importDone: (file: string, target: string) =>
      `${file} → ${target === "-" ? "(màn hình)" : target}`,
    importCoverage: (placed: number, all: number) =>
      `dựng lại và so từng chữ: ${placed}/${all} chữ của nguồn có mặt, đúng thứ tự (${percent(placed, all).replace(".", ",")}%)`,
    importNote: "chú ý",
    importRecased: (count: number) =>
      `${count} chữ chỉ khác chữ hoa, chữ thường (tiêu đề in hoa theo thể thức)`,
    importMore: (count: number) => `và ${count} chỗ nữa (xem đủ bằng --format json)`,
    importDiffers: "dựng lại khác nguồn",
    importDifference: (source: string, plan: string) =>
      source === ""
        ? `thêm “${plan}”`
        : plan === ""
          ? `thiếu “${source}”`
          : `“${source}” thành “${plan}”`,
    importGuesses: "phải đoán, xem lại",
    importUnplaced: "chưa có chỗ trong kế hoạch",
    importNotices: "ghi nhận khi đọc",
    importExcluded: "không thuộc văn bản",
    importWarnings: "kiểm tra",
    importKinds: {
      "page-number": "số trang",
      "running-head": "đầu trang, chân trang",
      seal: "chữ ký số",
      bookmark: "dấu trang",
      "repeated-head": "đầu bảng lặp lại",
      deleted: "đoạn đã xóa",
      artifact: "chi tiết trang trí",
    } as Record<string, string>,
    exists: (file: string) => `đã có tệp ${file}; không ghi đè. Chọn tên khác: kehoach init TEN`,
    created: (file: string) => `đã tạo ${file}. Điền nội dung rồi chạy: kehoach build ${file}`,
    sameOutput: (a: string, b: string) =>
      `hai kế hoạch sẽ ghi cùng một tệp: ${a} và ${b}. Dựng riêng từng tệp, hoặc đổi tên.`,
    unknownFormat: (found: string, allowed: string) => `không có dạng “${found}”. Nhận: ${allowed}`,
    internal: (message: string) =>
      `lỗi của chương trình, không phải của dữ liệu: ${message}\nĐặt biến môi trường KEHOACH_DEBUG=1 và chạy lại để xem chi tiết, rồi báo cho người phát triển.`,
    usageError: (message: string) => `dùng sai: ${message}\nXem hướng dẫn: kehoach --help`,
    unknownOption: (name: string) => `không có tùy chọn ${name}`,
    unknownCommand: (name: string) => `không có lệnh “${name}”`,
    missingArgument: (name: string) => `thiếu đối số ${name}`,
    missingValue: (name: string) => `tùy chọn ${name} cần một giá trị`,
    excess: "thừa đối số",
    wrongValue: (found: string, allowed: string) =>
      `không nhận giá trị “${found}”; nhận: ${allowed}`,
  },
  en: {
    about: "Drafts, checks and publishes Vietnamese official plans under Decree 30/2020/NĐ-CP.",
    synopsis: (command: string) =>
      (
        ({
          kehoach: "<command> [options]",
          schema: "[options]",
          init: "[name]",
          extract: "<file> [options]",
          import: "<file...> [options]",
        }) as Record<string, string>
      )[command] ?? "<plan...> [options]",
    usage: "Usage:",
    options: "Options:",
    commands: "Commands:",
    arguments: "Arguments:",
    globalOptions: "Global options:",
    help: "show help",
    helpCommand: "show help for a command",
    version: "show the version",
    lang: "language of messages: vi (default), en",
    format: "form of findings: text (default), short, json",
    build: "build Word and PDF files from plan data",
    check: "check data and templates, write nothing",
    differs: (file: string) =>
      `${file} is already there and says something else; it is not overwritten. Choose another folder: -o DIR`,
    extract: "take the plan's data back out of a built Word file or PDF",
    madeFile: "a .pdf or .docx made by kehoach",
    extractOut: "folder for the data (default: beside the file)",
    pdfStandard: "PDF standards: a-3a,ua-1 (default), a-2a, none",
    noSource: "do not put the plan's data into the files",
    unknownStandard: (found: string) =>
      `there is no PDF standard “${found}”. Allowed: a-3a, a-2a (one of them), ua-1, none`,
    schema: "print the JSON Schema (draft-07) of plan data",
    serve: "open the studio in the browser, on this computer, without a network",
    port: "port on 127.0.0.1 (default: 4170, or one that is free)",
    wrongPort: (found: string) => `a port is a number from 0 to 65535, not “${found}”`,
    dataFolder: "folder of the data (default: in the user's own folder)",
    noOpen: "do not open the browser",
    studioAt: (address: string, folder: string) =>
      `Studio: ${address}\nData: ${folder}\nPress Ctrl+C to close.`,
    init: "make a commented starter plan to fill in",
    unit: 'build only what one unit is given: --assignee "xã An Khương"',
    explain: 'say step by step how a unit came by its numbers: --explain "xã An Khương"',
    extracts:
      "build what each unit is given, with a list that reconciles them with the plan's totals",
    force: "replace also files that are signed, were changed, or are not of kehoach",
    forceText: "replace files that are there, whatever they hold",
    givenFiles: (names: readonly string[]) =>
      `files inside, written beside the plan: ${names.join(", ")}`,
    leftOut: (names: readonly string[]) =>
      `files inside that the plan does not name, or under unfit names, not written: ${names.map(shownName).join(", ")}`,
    allowDir: "let the plan take spreadsheets and pictures from this folder too",
    noTables: (file: string) => `${file}: no tables, no .xlsx was written`,
    extractsDone: (count: number, folder: string) => `${count} units → ${folder}`,
    plans: "plan files (.yaml, .json)",
    out: "folder for the results (default: beside the plan)",
    to: "what to build, parted by commas: docx,pdf (default), xlsx, tree, layout, text",
    templates: "the office's templates (.hbs), in place of those of the same name",
    fonts: "the office's fonts (four .ttf files)",
    profile: "the office's profile (.yaml)",
    name: "name of the file to make",
    pages: (count: number) => `${count} pages`,
    seconds: (ms: number) => `${(ms / 1000).toFixed(2)} s`,
    checked: (file: string) => `${file}: no errors`,
    failed: (count: number, plans: number) =>
      plans > 1
        ? `${count} error${count === 1 ? "" : "s"}; ${plans} plans were not built.`
        : `${count} error${count === 1 ? "" : "s"}; nothing was written.`,
    warned: (count: number) => `${count} warning${count === 1 ? "" : "s"}; built all the same.`,
    import: "turn an existing plan (Word, PDF, text) into plan data",
    oldFile: "a .docx, .pdf, .txt or .md file",
    importOut:
      "the .yaml file to write, or a folder (default: beside the source; “-”: the terminal)",
    knowledge: "the office's own words (.yaml), added to templates/knowledge.yaml",
    importNoSource: "do not take the data that a file made by kehoach carries; read its text",
    importFormat: "form of the account: text (default), json",
    importEdited: (count: number, file: string) =>
      `the file's text differs from that data in ${count} place${count === 1 ? "" : "s"}: it was changed after it was built. To keep the changes: kehoach import ${file} --no-source`,
    importManyOut:
      "-o has to be a .yaml file, or a folder when there are several sources (with different names)",
    importCarried: (file: string, target: string) =>
      `${file} → ${target}: made by kehoach; the data it carries was taken out as it is`,
    importDone: (file: string, target: string) =>
      `${file} → ${target === "-" ? "(terminal)" : target}`,
    importCoverage: (placed: number, all: number) =>
      `built again and compared word by word: ${placed}/${all} words of the source are there, in order (${percent(placed, all)}%)`,
    importNote: "note",
    importRecased: (count: number) =>
      `${count} word${count === 1 ? "" : "s"} differ only in capitals (headings, as the decree sets them)`,
    importMore: (count: number) => `and ${count} more (all of them with --format json)`,
    importDiffers: "the rebuilt text differs",
    importDifference: (source: string, plan: string) =>
      source === ""
        ? `“${plan}” added`
        : plan === ""
          ? `“${source}” missing`
          : `“${source}” became “${plan}”`,
    importGuesses: "guessed, look again",
    importUnplaced: "without a place in the plan",
    importNotices: "noted while reading",
    importExcluded: "not of the document",
    importWarnings: "check",
    importKinds: {
      "page-number": "page numbers",
      "running-head": "running heads",
      seal: "digital signatures",
      bookmark: "bookmarks",
      "repeated-head": "repeated table heads",
      deleted: "deleted passages",
      artifact: "decorations",
    } as Record<string, string>,
    exists: (file: string) =>
      `${file} is already there and is not overwritten. Choose another name: kehoach init NAME`,
    created: (file: string) => `made ${file}. Fill it in, then run: kehoach build ${file}`,
    sameOutput: (a: string, b: string) =>
      `two plans would write the same file: ${a} and ${b}. Build them one by one, or rename.`,
    unknownFormat: (found: string, allowed: string) =>
      `there is no format “${found}”. Allowed: ${allowed}`,
    internal: (message: string) =>
      `an error of the program, not of your data: ${message}\nSet KEHOACH_DEBUG=1 and run again for details, then tell the developers.`,
    usageError: (message: string) => `wrong use: ${message}\nSee: kehoach --help`,
    unknownOption: (name: string) => `there is no option ${name}`,
    unknownCommand: (name: string) => `there is no command “${name}”`,
    missingArgument: (name: string) => `the argument ${name} is missing`,
    missingValue: (name: string) => `the option ${name} needs a value`,
    excess: "too many arguments",
    wrongValue: (found: string, allowed: string) =>
      `the value “${found}” is not allowed; allowed: ${allowed}`,
  },
} as const satisfies Record<Language, unknown>;

export type CliWords = (typeof WORDS)[Language];

/** Never rounded up to a whole that is not there. */
function percent(part: number, whole: number): string {
  return whole === 0 ? "100" : String(Math.floor((part / whole) * 10_000) / 100);
}
