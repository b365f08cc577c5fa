const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * Undoes git's C-style quoting of a path; a path that is not quoted comes back as it is.
 * Takes and gives latin1 text, one character a byte: `"a\tb\303\274"`.
 */
export function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  return text
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_all, code: string) =>
      code.length === 3
        ? String.fromCharCode(Number.parseInt(code, 8))
        : String.fromCharCode(escapes[code] ?? code.charCodeAt(0)),
    );
}

/** Bytes held as latin1 text, read as the UTF-8 they are. */
export function utf8(latin1: string): string {
  for (let i = 0; i < latin1.length; i++)
    if (latin1.charCodeAt(i) > 127) return Buffer.from(latin1, "latin1").toString();
  return latin1;
}

/** The other way round: text for git's ears, one character a byte. */
export function latin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}
