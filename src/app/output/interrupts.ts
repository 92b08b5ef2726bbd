import { readFileSync } from "node:fs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const cleaners = new Set<() => void>();
let listening: readonly NodeJS.Signals[] = [];

/**
 * Have something cleaned up when the run is interrupted, before it ends as it would have. Returns
 * what takes it back. While there is nothing to clean up an interrupt ends the run at once.
 */
export function onInterrupt(clean: () => void): () => void {
  startListening();
  cleaners.add(clean);
  return () => {
    cleaners.delete(clean);
    // An interrupt that came while files were put in place is still to be heard.
    setImmediate(() => {
      if (cleaners.size === 0) stopListening();
    });
  };
}

function end(signal: NodeJS.Signals): void {
  for (const clean of cleaners) clean();
  stopListening();
  process.kill(process.pid, signal);
}

function startListening(): void {
  if (listening.length > 0) return;
  // A run under nohup is not to hear that its terminal was closed.
  listening = isHangupIgnored() ? SIGNALS.filter((signal) => signal !== "SIGHUP") : SIGNALS;
  for (const signal of listening) process.on(signal, end);
}

function stopListening(): void {
  for (const signal of listening) process.off(signal, end);
  listening = [];
}

/** Whether the run was started with its hang-up ignored. Source: proc(5), SigIgn. */
function isHangupIgnored(): boolean {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    const ignored = /^SigIgn:\s*([0-9a-f]+)$/mu.exec(status)?.[1] ?? "0";
    return (parseInt(ignored.slice(-1), 16) & 1) === 1;
  } catch {
    return false;
  }
}

/** Let interrupts be heard: work that never waits would keep them off until its end. */
export async function hearInterrupts(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
