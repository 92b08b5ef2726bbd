import { runCommand } from "./run.js";

// What libraries say to programmers is not for people.
for (const say of ["error", "warn", "log", "info"] as const) console[say] = () => undefined;

// Whoever reads our words may stop reading: "kehoach … | head".
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

void runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  live: process.stderr.isTTY,
}).then((code) => {
  process.exitCode = code;
});
