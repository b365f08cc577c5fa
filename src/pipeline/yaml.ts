/** What a workflow is made of; keys are written in their order. */
export type Yaml = string | number | boolean | readonly Yaml[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: Yaml;
}

/** A value that GitHub works out when the workflow runs. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}

const plain = /^[A-Za-z_][\w ./-]*$/;
const words = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

/** Writes a document of block style. Text from outside is always quoted, so nothing in it is read as YAML. */
export function writeYaml(map: YamlMap, depth = 0): string {
  const pad = "  ".repeat(depth);
  return Object.entries(map)
    .map(([key, value]) => `${pad}${plain.test(key) ? key : JSON.stringify(key)}:${after(key, value, depth)}`)
    .join("");
}

function after(key: string, value: Yaml, depth: number): string {
  if (isList(value)) {
    if (value.length === 0) return " []\n";
    if (value.every((each) => typeof each === "string"))
      return ` [${value.map((each) => scalar(each)).join(", ")}]\n`;
    return `\n${value.map((each) => item(each, depth + 1)).join("")}`;
  }
  if (typeof value === "object") {
    return Object.keys(value).length === 0 ? " {}\n" : `\n${writeYaml(value, depth + 1)}`;
  }
  if (typeof value === "string" && value.includes("\n")) return ` |\n${block(value, depth + 1)}`;
  // An action, with its version as a comment behind it.
  return key === "uses" ? ` ${value}\n` : ` ${scalar(value)}\n`;
}

function item(value: Yaml, depth: number): string {
  const pad = "  ".repeat(depth);
  if (typeof value !== "object" || isList(value)) return `${pad}- ${scalar(value)}\n`;
  const text = writeYaml(value, depth + 1);
  return `${pad}- ${text.slice(pad.length + 2)}`;
}

function block(text: string, depth: number): string {
  const pad = "  ".repeat(depth);
  return text
    .replace(/\n*$/, "\n")
    .split("\n")
    .map((line) => (line === "" ? "" : pad + line))
    .join("\n");
}

function scalar(value: Yaml): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return plain.test(value) && !words.test(value) && !value.endsWith(" ") ? value : JSON.stringify(value);
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}
