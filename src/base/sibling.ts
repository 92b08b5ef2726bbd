import { type Outcome, both, fail, fileError } from "./diagnostic.js";

/** Reads a file that a plan names, beside the plan. Errors: not there, not readable, too large. */
export type ReadSibling = (name: string) => Outcome<Uint8Array>;

/** For a plan without files beside it. */
export const noSiblings: ReadSibling = (file) =>
  fail([fileError("file-unreadable", { file }, both("không có tệp này", "there is no such file"))]);
