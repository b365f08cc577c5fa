/** A line without its white space: what is equal here differs in layout only. */
export function squeeze(line: string): string {
  return line.replace(/\s+/g, "");
}

/** How many letters and digits a line has. Bytes above ASCII count as letters, so that no script weighs nothing. */
export function weight(line: string): number {
  let count = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if ((code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123) || code > 127)
      count++;
  }
  return count;
}

/** Below this a line (a brace, a blank) says nothing about where it came from. */
export const telling = 4;

/** How often each text occurs. */
export class Bag {
  private readonly counts = new Map<string, number>();

  static of(texts: Iterable<string>): Bag {
    const bag = new Bag();
    for (const text of texts) bag.add(text);
    return bag;
  }

  add(text: string): void {
    this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
  }

  has(text: string): boolean {
    return this.count(text) > 0;
  }

  count(text: string): number {
    return this.counts.get(text) ?? 0;
  }

  addAll(other: Bag): void {
    for (const [text, count] of other.counts)
      if (count > 0) this.counts.set(text, (this.counts.get(text) ?? 0) + count);
  }

  /** Takes one out; false when there was none left. */
  take(text: string): boolean {
    const count = this.counts.get(text) ?? 0;
    if (count === 0) return false;
    this.counts.set(text, count - 1);
    return true;
  }
}

/** The words of a line, in order: what a combined or edited line still has of it. */
export function tokens(line: string): string[] {
  return line.match(/[A-Za-z0-9_\x80-\xff]+/g) ?? [];
}
