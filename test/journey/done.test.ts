import path from "node:path";
import { kept, story } from "../done/kept";
import { tempDir } from "../kit/repo";
import { EditorPart } from "./kit/editor";
import { Session } from "./kit/session";
import type { Workbench } from "./kit/workbench";

describe("a person sees what keeps a branch from being done", () => {
  let session: Session;
  let vscode: Workbench;
  let worktree: string;

  before(async () => {
    session = await Session.start();
    const repo = story([
      { message: "feat: rates", files: { "src/log.ts": `${kept["src/log.ts"]}// TODO rates\n` } },
      { message: "docs: shorter", files: { "docs/export.md": null } },
    ]);
    worktree = path.join(tempDir(), "rates");
    repo.git("switch", "-q", "main");
    repo.git("worktree", "add", "-q", worktree, "agent");
    vscode = await session.open(repo.dir);
  });
  after(() => session?.stop());

  it("in one row, which unfolds to the places; a click goes there", async () => {
    await vscode.openView();
    await vscode.widenSidebar(420);
    await vscode.treeBecomes((tree) => tree.some((line) => line.includes("rates")), "the worktree");
    await vscode.toggle("rates");
    await vscode.treeBecomes(
      (tree) => tree.some((line) => line.includes("3 of 8 gates red")),
      "the red gates",
    );
    await vscode.toggle("Done");
    await vscode.treeBecomes((tree) => tree.some((line) => line.includes("src/log.ts:4")), "the places");
    await vscode.row("Tech debt").click();
    await new EditorPart(vscode.page).line("// TODO rates");
    await vscode.restPointer();
    await vscode.screenshot("done");
  });

  it("and reads of all gates on one page", async () => {
    await vscode.contextMenu("Done", "Show All Gates of Done");
    await vscode.page.getByRole("tab", { name: /^Preview Done|Done/ }).waitFor({ timeout: 30_000 });
    const page = vscode.page.frameLocator("iframe.webview").frameLocator("#active-frame");
    await page.getByRole("heading", { name: "Tech debt: red" }).waitFor({ timeout: 30_000 });
    await vscode.restPointer();
    await vscode.screenshot("done-page");
  });
});
