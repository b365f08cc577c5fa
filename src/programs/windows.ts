import type { ProgramLine } from "./run";

interface Started {
  readonly program: string;
  readonly args: readonly string[];
  /** The arguments are one text already, which nobody may quote again. */
  readonly verbatim: boolean;
}

/** Npm's commands are .cmd files on Windows, which only its own shell runs; elsewhere nothing changes. */
export function asWindowsNeedsIt([program, ...args]: ProgramLine, platform = process.platform): Started {
  if (platform !== "win32" || !/\.(cmd|bat)$/i.test(program)) return { program, args, verbatim: false };
  const line = [quoted(program, 1), ...args.map((arg) => quoted(arg, 2))].join(" ");
  return { program: "cmd.exe", args: ["/d", "/s", "/c", `"${line}"`], verbatim: true };
}

/**
 * Quotes for the program first (backslashes before a quote are doubled), then for the shell; `times`: the .cmd file
 * hands its arguments on through the shell once more.
 */
function quoted(text: string, times: number): string {
  let result = `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, "$1$1")}"`;
  for (let i = 0; i < times; i++) result = result.replace(/[()\][%!^"`<>&|;, *?]/g, "^$&");
  return result;
}
