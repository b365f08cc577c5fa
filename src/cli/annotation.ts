export type AnnotationLevel = "error" | "warning" | "notice";

interface At {
  readonly path: string;
  readonly line: number | null;
}

/** A GitHub workflow command that shows a text at a place, or for the whole run. */
export function annotation(level: AnnotationLevel, at: At | null, title: string, text: string): string {
  const place = at === null ? "" : `file=${property(at.path)}${at.line === null ? "" : `,line=${at.line}`},`;
  return `::${level} ${place}title=${property(title)}::${data(text)}`;
}

/** A raw newline would end the command, and what follows it could be another one. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
