import { SaxesParser } from "saxes";
import type { CarriedText } from "./source-record.js";
import { SOURCE_NAMESPACE } from "./word-part.js";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The source in a custom XML part of a Word file; null when the part is another one.
 * Errors: throws when the part is no XML or its base64 is broken.
 */
export function readWordPart(xml: string): CarriedText | null {
  const texts: Record<string, string> = { plan: "", manifest: "" };
  const data: { name: string; text: string }[] = [];
  let [name, encoding, ours] = ["", "text", false];
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", (tag) => {
    const attributes = tag.attributes as Record<string, string>;
    // Word may give the namespace a prefix when it saves; the name is what counts.
    if (Object.values(attributes).includes(SOURCE_NAMESPACE)) ours = true;
    name = tag.name.replace(/^.*:/u, "");
    if (name === "plan") encoding = attributes["encoding"] ?? "text";
    if (name === "data") data.push({ name: attributes["name"] ?? "", text: "" });
  });
  parser.on("closetag", () => {
    name = "";
  });
  parser.on("text", (text) => {
    const file = data.at(-1);
    if (name in texts) texts[name] += text;
    else if (name === "data" && file) file.text += text;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  if (!ours) return null;
  const { plan = "", manifest = "" } = texts;
  const files = data.map((file) => ({ name: file.name, bytes: fromBase64(file.text) }));
  return {
    plan: encoding === "base64" ? UTF8.decode(fromBase64(plan)) : plan,
    manifest,
    data: files,
  };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
