/** Text as XML. */
export function escapeXml(text: string): string {
  return /[&<>"]/u.test(text)
    ? text
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;")
        .replace(/"/g, "&quot;")
    : text;
}
