/**
 * Loaded with --import: when the process ends, its peak resident memory in KiB is written to the
 * file named by BENCH_MEMORY. Linux counts the parent's memory at the fork into ru_maxrss; the peak
 * of the process's own address space (VmHWM) leaves it out.
 */
import { readFileSync, writeFileSync } from "node:fs";

function peakKiB() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/mu.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

process.on("exit", () => writeFileSync(process.env.BENCH_MEMORY, String(peakKiB())));
