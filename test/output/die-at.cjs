"use strict";
// Loaded before the command: ends the process by SIGKILL just before its n-th change to the disk,
// or has that change refused, so that every moment of a run can be tried.
const fs = require("node:fs");

const CHANGES = [
  "mkdirSync",
  "writeFileSync",
  "renameSync",
  "linkSync",
  "copyFileSync",
  "rmSync",
  "rmdirSync",
  "chmodSync",
];
const [how, number] = (process.env.KEHOACH_DIE_AT ?? "none:0").split(":");
let count = 0;

for (const name of CHANGES) {
  const change = fs[name];
  fs[name] = (...args) => {
    count++;
    if (count === Number(number)) {
      if (how === "killed") process.kill(process.pid, "SIGKILL");
      if (how === "refused")
        throw Object.assign(new Error("refused"), {
          code: "EBUSY",
          dest: String(args[1] ?? args[0]),
        });
    }
    return change(...args);
  };
}
process.on("exit", () => {
  if (how === "counted") fs.appendFileSync(process.env.KEHOACH_COUNT, `${count}\n`);
});
