/** Text without the white space that carries no meaning, and where each of its characters came from. */
export interface Squeezed {
  readonly text: string;
  /** For each character of `text`, its offset in the original. */
  readonly offsets: readonly number[];
}

/**
 * Leaves out white space, and keeps one blank where it parts two words: `foo( a,\n  b )` and `foo(a, b)` become the same.
 */
export function squeeze(original: string): Squeezed {
  let text = "";
  const offsets: number[] = [];
  let gap = false;
  for (let i = 0; i < original.length; i++) {
    const char = original.charAt(i);
    if (isSpace(char)) {
      gap = true;
      continue;
    }
    if (gap && isWord(char) && isWord(text.at(-1))) {
      text += " ";
      offsets.push(i - 1);
    }
    gap = false;
    text += char;
    offsets.push(i);
  }
  return { text, offsets };
}

const asciiWord = /[A-Za-z0-9_$]/;
const anyWord = /[\p{L}\p{N}_$]/u;

export function isWord(char: string | undefined): boolean {
  if (char === undefined || char === "") return false;
  return (char < "\u0080" ? asciiWord : anyWord).test(char);
}

function isSpace(char: string): boolean {
  return char <= " " || (char > "~" && /\s/.test(char));
}
