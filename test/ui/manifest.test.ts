import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as manifest from "../../src/ui/manifest";
import { viewStates } from "../../src/ui/tree/viewState";

const root = path.resolve(__dirname, "../..");
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const { contributes, capabilities, icon, engines } = readJson("package.json");

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

describe("ui/manifest", () => {
  const known = Object.values(manifest.commands);

  it("has the commands that package.json has, all in one category", () => {
    const contributed: { command: string; category: string }[] = contributes.commands;
    assert.deepEqual(contributed.map((each) => each.command).sort(), known.map((each) => each.id).sort());
    assert.deepEqual([...new Set(contributed.map((each) => each.category))], [manifest.category]);
  });

  it("hides from the palette what needs a node, and nothing else", () => {
    const hidden: MenuItem[] = contributes.menus.commandPalette;
    assert.deepEqual(
      hidden.map(({ command, when }) => [command, when]).sort(),
      known
        .filter(({ onNode }) => onNode === true || onNode === "comment")
        .map((each) => [each.id, "false"])
        .sort(),
    );
  });

  it("has every command that needs a node on a node, and in menus no command that is not there", () => {
    const onNodes = new Set(
      (contributes.menus["view/item/context"] as MenuItem[]).map((each) => each.command),
    );
    assert.deepEqual(
      [...onNodes].sort(),
      known
        .filter(({ onNode }) => onNode === true || onNode === "too")
        .map((each) => each.id)
        .sort(),
    );
    const atComments: MenuItem[] = contributes.menus["comments/commentThread/title"];
    assert.deepEqual(
      [...new Set(atComments.map((each) => each.command))].sort(),
      known
        .filter(({ onNode }) => onNode === "comment")
        .map((each) => each.id)
        .sort(),
    );
    const { id: controller } = manifest.commentControllers.findings;
    assert.ok(atComments.every(({ when }) => when?.startsWith(`commentController == ${controller} && `)));
    const ids = new Set(known.map((each) => each.id));
    const inMenus = (Object.values(contributes.menus) as MenuItem[][]).flat().map((each) => each.command);
    assert.deepEqual(
      inMenus.filter((id) => !ids.has(id)),
      [],
    );
  });

  it("has the container and the views", () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map((each: { id: string }) => each.id),
      [manifest.container],
    );
    assert.deepEqual(
      contributes.views[manifest.container].map((each: { id: string }) => each.id),
      Object.values(manifest.views),
    );
  });

  it("has the colours, for every kind of theme", () => {
    const contributed: { id: string; defaults: Record<string, string> }[] = contributes.colors;
    assert.deepEqual(
      contributed.map((each) => each.id),
      Object.values(manifest.colors),
    );
    for (const { id, defaults } of contributed)
      assert.deepEqual(
        Object.keys(defaults).sort(),
        ["dark", "highContrast", "highContrastLight", "light"],
        id,
      );
  });

  it("has the settings with their defaults, and those that are run or say where count only in trusted folders", () => {
    const properties: Record<string, { default: unknown; type: string; enum?: string[] }> =
      contributes.configuration.properties;
    assert.deepEqual(
      Object.entries(properties)
        .map(([id, each]) => [id, each.default, each.type])
        .sort(),
      Object.values(manifest.settings)
        .map((each) => [each.id, each.default, Array.isArray(each.default) ? "array" : typeof each.default])
        .sort(),
    );
    assert.deepEqual(
      [...capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      Object.values(manifest.settings)
        .filter((each) => each.restricted)
        .map((each) => each.id)
        .sort(),
    );
  });

  it("has a welcome text for every state but the one with rows", () => {
    const whens = (contributes.viewsWelcome as { when: string }[]).map((each) => each.when).join("\n");
    const inWhens = [...whens.matchAll(/agentForeman\.state == (\w+)/g)].map((match) => match[1]);
    // VS Code's own context keys tell these two before we are even activated.
    assert.match(whens, /^workspaceFolderCount == 0$/m);
    assert.match(whens, /^workspaceFolderCount != 0 && !isWorkspaceTrusted$/m);
    assert.deepEqual([...inWhens, "noFolder", "untrusted", "ready"].sort(), [...viewStates].sort());
  });

  it("asks in conditions only for context keys that are set", () => {
    const clauses = JSON.stringify(contributes).match(/agentForeman\.[A-Za-z]+(?= (==|=~|\|\||&&))/g) ?? [];
    const places: readonly string[] = [
      ...Object.values(manifest.views),
      manifest.commentControllers.findings.id,
    ];
    const asked = new Set(clauses.filter((id) => !places.includes(id)));
    assert.deepEqual([...asked].sort(), Object.values(manifest.contextKeys).sort());
  });

  it("names only texts and files that are there, and supports the VS Code whose types it is built on", () => {
    const texts = readJson("package.nls.json");
    const used = readFileSync(path.join(root, "package.json"), "utf8").matchAll(/"%([^%"]+)%"/g);
    assert.deepEqual([...new Set([...used].map((match) => match[1]))].sort(), Object.keys(texts).sort());
    assert.ok(existsSync(path.join(root, icon)));
    const { devDependencies } = readJson("package.json");
    assert.equal(engines.vscode, `^${devDependencies["@types/vscode"]}`);
  });

  it("leads from texts only to commands that are there", () => {
    // VS Code makes this one for every view.
    const focus = Object.values(manifest.views).map((id) => `${id}.focus`);
    const own = [...JSON.stringify(readJson("package.nls.json")).matchAll(/command:(agentForeman\.[\w.]+)/g)];
    const ids = new Set([...known.map((each) => each.id), ...focus]);
    assert.deepEqual(
      own.map((match) => match[1] ?? "").filter((id) => !ids.has(id)),
      [],
    );
  });
});
