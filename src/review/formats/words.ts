import { limits } from "../../model/finding";

/** The first sentence or line of a text, as a title. */
export function titleOf(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  const sentence = /^.{10,200}?[.!?](?=\s)/.exec(line)?.[0] ?? line;
  return shorten(sentence, 200) || "(no title)";
}

export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Foreign texts may be longer than ours. */
export function asText(text: string | null | undefined): string {
  return shorten(text ?? "", limits.text);
}

/** A path as other tools write it: relative to the repo where it lies below one of its folders. */
export function repoPath(path: string, roots: readonly string[]): string {
  const plain = path.startsWith("file://") ? fromUri(path.slice("file://".length)) : path;
  for (const root of roots) if (plain.startsWith(`${root}/`)) return plain.slice(root.length + 1);
  return plain.replace(/^(\.\/)+/, "");
}

export function fromUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
