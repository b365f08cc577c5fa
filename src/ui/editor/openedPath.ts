import path from "node:path";

/** A folder as the window has it open, and as it is once every link is followed. */
export interface OpenedFolder {
  readonly shown: string;
  readonly real: string;
}

/** How the window calls a file: a folder that was opened through a link keeps that name. */
export function openedPath(file: string, folders: readonly OpenedFolder[]): string {
  const [innermost] = folders
    .filter(({ real }) => file === real || file.startsWith(real + path.sep))
    .sort((a, b) => b.real.length - a.real.length);
  return innermost ? path.join(innermost.shown, path.relative(innermost.real, file)) : file;
}
