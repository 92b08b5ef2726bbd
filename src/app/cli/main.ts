import { runCommand } from "./run.js";

void runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  live: process.stderr.isTTY,
}).then((code) => {
  process.exitCode = code;
});
