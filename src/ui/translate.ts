/** Says a sentence in the person's language, `{0}` replaced by the first argument; vscode.l10n.t is one. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** For where nobody set a language: the sentence as it is written in the code. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)] ?? ""));
