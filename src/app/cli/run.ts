import { Command, CommanderError, Option } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../base/diagnostic.js";
import { HOME } from "../home.js";
import type { BuildOptions } from "./build.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { REPORT_FORMATS } from "./report.js";
import { type CliWords, WORDS } from "./words.js";

interface RawOptions {
  readonly out?: string;
  readonly to?: string;
  readonly templates?: string;
  readonly fonts?: string;
  readonly profile?: string;
  readonly allowDir?: string[];
  readonly pdfStandard?: string;
  readonly source?: boolean;
  readonly unit?: string;
  readonly assignee?: string;
  readonly explain?: string;
  readonly force?: boolean;
  readonly format: BuildOptions["format"];
}

/**
 * Run the command with its arguments. Gives the exit code; writes only to `streams` and the files
 * asked for.
 */
export async function runCommand(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const language = languageOf(args);
  const words = WORDS[language];
  let code: ExitCode = EXIT.done;
  const program = describe({ words, language, streams, done: (exit) => (code = exit) });
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      if (process.env["KEHOACH_DEBUG"]) throw error;
      streams.err(`${words.internal(error instanceof Error ? error.message : String(error))}\n`);
      return EXIT.internal;
    }
    if (error.code === "commander.help" && args.length === 0) return EXIT.usage;
    if (/^commander\.(?:helpDisplayed|version|help)$/u.test(error.code)) return EXIT.done;
    streams.err(`${words.usageError(usageMessage(error, words))}\n`);
    return EXIT.usage;
  }
  return code;
}

/** The language is read before all else, so that help and usage errors speak it too. */
function languageOf(args: readonly string[]): Language {
  const at = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const value =
    at < 0 ? "" : args[at]?.includes("=") ? args[at].slice("--lang=".length) : args[at + 1];
  return value === "en" ? "en" : "vi";
}

/** What describing a command needs: words, and where its result goes. */
interface Describing {
  readonly words: CliWords;
  readonly language: Language;
  readonly streams: Streams;
  readonly done: (code: ExitCode) => void;
}

function describe(describing: Describing): Command {
  const { words } = describing;
  const program = setUp(new Command("kehoach"), describing)
    .description(words.about)
    .version(version(), "-V, --version", words.version)
    .helpCommand("help [command]", words.helpCommand)
    .addOption(langOption(words));
  describePlanCommands(program, describing);
  describeImport(program, describing);
  describeExtract(program, describing);
  describeStart(program, describing);
  describeServe(program, describing);
  return program;
}

function setUp(command: Command, { words, streams }: Describing): Command {
  const titles: Readonly<Record<string, string>> = {
    "Usage:": words.usage,
    "Options:": words.options,
    "Commands:": words.commands,
    "Arguments:": words.arguments,
    "Global Options:": words.globalOptions,
  };
  return command
    .exitOverride()
    .usage(words.synopsis(command.name()))
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      optionDescription: (option) => option.description,
      argumentDescription: (argument) => argument.description,
    })
    .configureOutput({
      writeOut: streams.out,
      writeErr: streams.out,
      outputError: () => undefined,
    })
    .helpOption("-h, --help", words.help);
}

function langOption(words: CliWords): Option {
  return new Option("--lang <vi|en>", words.lang).choices(["vi", "en"]).default("vi");
}

/** Commands that take plans: build, extracts, check. */
function describePlanCommands(program: Command, describing: Describing): void {
  const { words, language, streams, done } = describing;
  const planCommand = (name: string, about: string): Command =>
    setUp(program.command(name), describing)
      .description(about)
      .argument("<plan...>", words.plans)
      .option("--templates <dir>", words.templates)
      .option("--fonts <dir>", words.fonts)
      .option("--profile <file>", words.profile)
      .addOption(
        new Option("--allow-dir <dir>", words.allowDir).argParser(
          (dir: string, before: string[] | undefined) => [...(before ?? []), dir],
        ),
      )
      .addOption(
        new Option("--format <form>", words.format).choices([...REPORT_FORMATS]).default("text"),
      )
      .addOption(langOption(words));
  planCommand("build", words.build)
    .option("-o, --out <dir>", words.out)
    .option("--to <list>", words.to, "docx,pdf")
    .option("--pdf-standard <list>", words.pdfStandard)
    .option("--no-source", words.noSource)
    .option("--assignee <name>", words.unit)
    .addOption(new Option("--unit <name>").hideHelp())
    .option("--explain <name>", words.explain)
    .option("--force", words.force)
    .action(async (plans: string[], raw: RawOptions) => {
      const { buildPlans } = await import("./build.js");
      done(await buildPlans(plans, planOptions(raw, language), streams));
    });
  planCommand("extracts", words.extracts)
    .option("-o, --out <dir>", words.out)
    .option("--to <list>", words.to, "docx,pdf")
    .option("--force", words.force)
    .action(async (plans: string[], raw: RawOptions) => {
      const { makeExtracts } = await import("./extracts.js");
      done(await makeExtracts(plans, planOptions(raw, language), streams));
    });
  planCommand("check", words.check)
    .option("--explain <name>", words.explain)
    .action(async (plans: string[], raw: RawOptions) => {
      const { checkPlans } = await import("./build.js");
      done(await checkPlans(plans, planOptions(raw, language), streams));
    });
}

function planOptions(raw: RawOptions, lang: Language): BuildOptions {
  return {
    out: raw.out ?? null,
    to: raw.to ?? "docx,pdf",
    templates: raw.templates ?? null,
    fonts: raw.fonts ?? null,
    profile: raw.profile ?? null,
    allowedFolders: raw.allowDir ?? [],
    pdfStandard: raw.pdfStandard ?? null,
    source: raw.source === false ? "left-out" : "carried",
    assignee: raw.assignee ?? raw.unit ?? null,
    explain: raw.explain ?? null,
    force: raw.force ? "asked" : "no",
    format: raw.format,
    lang,
  };
}

interface RawImportOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly knowledge?: string;
  readonly source?: boolean;
  readonly format: "text" | "json";
}

function describeImport(program: Command, describing: Describing): void {
  const { words, language, streams, done } = describing;
  setUp(program.command("import"), describing)
    .description(words.import)
    .argument("<file...>", words.oldFile)
    .option("-o, --out <file>", words.importOut)
    .option("--knowledge <file>", words.knowledge)
    .option("--no-source", words.importNoSource)
    .option("--force", words.forceText)
    .addOption(
      new Option("--format <form>", words.importFormat).choices(["text", "json"]).default("text"),
    )
    .addOption(langOption(words))
    .action(async (files: string[], raw: RawImportOptions) => {
      const { importFiles } = await import("./import.js");
      const options = {
        out: raw.out ?? null,
        knowledge: raw.knowledge ?? null,
        carried: raw.source === false ? ("ignored" as const) : ("taken" as const),
        format: raw.format,
        force: raw.force ? ("asked" as const) : ("no" as const),
        lang: language,
      };
      done(await importFiles(files, options, streams));
    });
}

function describeExtract(program: Command, describing: Describing): void {
  const { words, language, streams, done } = describing;
  setUp(program.command("extract"), describing)
    .description(words.extract)
    .argument("<file>", words.madeFile)
    .option("-o, --out <dir>", words.extractOut)
    .option("--force", words.forceText)
    .addOption(langOption(words))
    .action(async (file: string, raw: { readonly out?: string; readonly force?: boolean }) => {
      const { writeSource } = await import("./extract-source.js");
      const force = raw.force ? "asked" : "no";
      done(await writeSource(file, { out: raw.out ?? null, force, lang: language }, streams));
    });
}

/** Commands for whoever begins: the schema for an editor, a first plan. */
function describeStart(program: Command, describing: Describing): void {
  const { words, language, streams, done } = describing;
  setUp(program.command("schema"), describing)
    .description(words.schema)
    .addOption(langOption(words))
    .action(async () => {
      const { planJsonSchema } = await import("../../plan/json-schema.js");
      streams.out(`${JSON.stringify(planJsonSchema(), null, 2)}\n`);
    });
  setUp(program.command("init"), describing)
    .description(words.init)
    .argument("[name]", words.name, "ke-hoach")
    .addOption(langOption(words))
    .action(async (name: string) =>
      done((await import("./init.js")).initPlan(name, language, streams)),
    );
}

interface RawServeOptions {
  readonly port?: number;
  readonly data?: string;
  readonly samples?: string;
  readonly open: boolean;
}

function describeServe(program: Command, describing: Describing): void {
  const { words, language, streams, done } = describing;
  setUp(program.command("serve"), describing)
    .description(words.serve)
    .addOption(
      new Option("--port <n>", words.port).argParser((text) => {
        if (!/^\d{1,5}$/u.test(text) || Number(text) > 65_535)
          throw new CommanderError(1, "kehoach.port", words.wrongPort(text));
        return Number(text);
      }),
    )
    .option("--data <dir>", words.dataFolder)
    .option("--no-open", words.noOpen)
    .addOption(new Option("--samples <dir>").hideHelp())
    .addOption(langOption(words))
    .action(async (raw: RawServeOptions) => {
      const { runStudio } = await import("./serve.js");
      const options = {
        port: raw.port ?? null,
        folder: raw.data ?? null,
        samples: raw.samples ?? null,
        browser: raw.open ? ("opened" as const) : ("left" as const),
        lang: language,
      };
      done(await runStudio(options, streams));
    });
}

function version(): string {
  const found: unknown = JSON.parse(readFileSync(join(HOME, "package.json"), "utf8"));
  return typeof found === "object" && found !== null && "version" in found
    ? String(found.version)
    : "?";
}

/** Commander's own words are English; these say the same in the user's language. */
function usageMessage(error: CommanderError, words: CliWords): string {
  const quoted = /'([^']+)'/u.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "commander.unknownOption":
      return words.unknownOption(quoted);
    case "commander.unknownCommand":
      return words.unknownCommand(quoted);
    case "commander.missingArgument":
      return words.missingArgument(quoted);
    case "commander.optionMissingArgument":
      return words.missingValue(quoted);
    case "commander.excessArguments":
      return words.excess;
    case "commander.invalidArgument": {
      const [, found = "", allowed = ""] =
        /argument '([^']*)' is invalid\. Allowed choices are (.*)\./u.exec(error.message) ?? [];
      return words.wrongValue(found, allowed);
    }
    default:
      return error.message;
  }
}
