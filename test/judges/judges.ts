import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hasProgram } from "../support/tools.js";

/**
 * Outside judges that test/judges/setup.sh installs: veraPDF for PDF files, schemas and
 * openxml-audit for Word files. Paths count from the repository's root, as everywhere in the tests.
 */
const HERE = resolve("test/judges");
const WORK = join(HERE, ".work");

/** PDF/A-3a, PDF/A-2a, PDF/UA-1. */
export type Flavour = "3a" | "2a" | "ua1";

/**
 * Are the judges installed, in the versions that are pinned now, and Java to run them? If not:
 * test/judges/setup.sh.
 */
export function judgesReady(): boolean {
  const ready = join(WORK, "ready");
  const pins = ["pom.xml", "requirements.txt"]
    .map((name) => readFileSync(join(HERE, name), "utf8"))
    .join("");
  return hasProgram("java") && existsSync(ready) && readFileSync(ready, "utf8") === pins;
}

/** veraPDF's report, as far as it is read here. */
interface Report {
  readonly report: { readonly jobs: readonly Job[] };
}
interface Job {
  readonly itemDetails: { readonly name: string };
  readonly validationResult?: readonly {
    readonly compliant: boolean;
    readonly jobEndStatus: string;
    readonly details: { readonly ruleSummaries?: readonly Rule[] };
  }[];
  readonly taskException?: { readonly exceptionMessage?: string };
}
interface Rule {
  readonly clause: string;
  readonly testNumber: number;
  readonly description: string;
  readonly failedChecks: number;
}

/**
 * What veraPDF finds in PDF files, all in one run: file → "clause test: description ×count";
 * nothing when the file passes.
 */
export async function veraPdf(
  files: readonly string[],
  flavour: Flavour,
): Promise<Map<string, string[]>> {
  if (files.length === 0) return new Map();
  const names = files.map((file) => resolve(file));
  const text = await run("java", [
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    `-Duser.home=${WORK}`,
    "-cp",
    join(WORK, "jars", "greenfield-apps.jar"),
    "org.verapdf.apps.GreenfieldCliWrapper",
    "--format",
    "json",
    "--flavour",
    flavour,
    "--maxfailuresdisplayed",
    "1",
    "--loglevel",
    "0",
    "--nonpdfext",
    ...names,
  ]);
  const jobs = new Map(
    (JSON.parse(text) as Report).report.jobs.map((job) => [job.itemDetails.name, job]),
  );
  return new Map(files.map((file, at) => [file, findings(jobs.get(names[at] ?? ""))]));
}

function findings(job: Job | undefined): string[] {
  const result = job?.validationResult?.[0];
  if (result === undefined)
    return [
      `not judged: ${job?.taskException?.exceptionMessage ?? "veraPDF does not name the file"}`,
    ];
  const failed = (result.details.ruleSummaries ?? []).map(
    (rule) => `${rule.clause} ${rule.testNumber}: ${rule.description} ×${rule.failedChecks}`,
  );
  if (result.jobEndStatus !== "normal")
    failed.push(`not judged to the end: ${result.jobEndStatus}`);
  if (!result.compliant && failed.length === 0)
    failed.push("does not conform, for no given reason");
  return failed;
}

/**
 * What the schemas, the rules of packages and openxml-audit find in Word files: file → "part:line
 * message" (line 0: the judge gives none); nothing when the file passes.
 */
export async function validateOffice(files: readonly string[]): Promise<Map<string, string[]>> {
  if (files.length === 0) return new Map();
  const found = JSON.parse(
    await run(join(WORK, "venv", "bin", "python"), [join(HERE, "office_judge.py"), ...files]),
  ) as Record<string, string[] | undefined>;
  return new Map(files.map((file) => [file, found[file] ?? ["package:0 was not judged"]]));
}

/** What pyHanko finds of a signature: nothing changed since, and made by who says so. */
export interface SignatureReport {
  readonly field: string;
  readonly intact: boolean;
  readonly valid: boolean;
}

/**
 * Sign existing fields one after the other with certificates made on the spot, and validate every
 * signature in the file that comes out.
 */
export async function signFields(
  file: string,
  target: string,
  fields: readonly string[],
): Promise<SignatureReport[]> {
  return JSON.parse(
    await run(join(WORK, "venv", "bin", "python"), [
      join(HERE, "sign_fields.py"),
      file,
      target,
      ...fields,
    ]),
  ) as SignatureReport[];
}

/**
 * What a program prints. veraPDF ends with 1 to 8 for files with faults and still prints its
 * report, so only a program that prints nothing has failed.
 */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile(program, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (stdout.trim() === "")
        fail(new Error(`${program} printed nothing: ${stderr || error?.message}`));
      else done(stdout);
    });
  });
}
