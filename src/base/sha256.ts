import { sha256 } from "@noble/hashes/sha2.js";

/** SHA-256 of bytes. */
export function hashBytes(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

/** "9f86d0…" */
export function printHash(hash: Uint8Array): string {
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
