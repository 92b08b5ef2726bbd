/** What this file needs of Node.js; a browser has none of it, and only writes such errors down. */
interface Host {
  readonly process?: {
    on?(event: "unhandledRejection", listener: (reason: unknown) => void): void;
  };
}

/** Names that pdf.js gives to what it throws at broken files. */
const OF_LIBRARY: ReadonlySet<string> = new Set([
  "AbortException",
  "FormatError",
  "InvalidPDFException",
  "Jbig2Error",
  "JpegError",
  "JpxError",
  "MissingDataException",
  "ParserEOFException",
  "UnknownErrorException",
  "XRefEntryException",
  "XRefParseException",
]);

let listening = false;

/**
 * pdf.js reads parts of a file that nobody waits for; when such a part is broken, Node.js would end
 * the whole program. What is waited for is told as a finding all the same. Any other promise that
 * fails unheard ends the program as it would have.
 */
export function hearLeftPromises(): void {
  if (listening) return;
  listening = true;
  (globalThis as Host).process?.on?.("unhandledRejection", (reason) => {
    const name = reason instanceof Error ? reason.name : nameOf(reason);
    if (!OF_LIBRARY.has(name)) throw reason;
  });
}

/** pdf.js' errors are no errors of the language's own. */
function nameOf(reason: unknown): string {
  if (typeof reason === "object" && reason !== null && "name" in reason) return String(reason.name);
  return typeof reason === "string" ? (/^(\w+):/u.exec(reason)?.[1] ?? "") : "";
}
