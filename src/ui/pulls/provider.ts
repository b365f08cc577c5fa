import path from "node:path";
import * as vscode from "vscode";
import type { Fleet } from "../../fleet";
import type { Fleets } from "../fleets";
import { commands } from "../manifest";
import { visible } from "../markdown";
import { drawRow } from "../tree/draw";
import { ListProvider } from "../tree/listProvider";
import { namesIn } from "../tree/names";
import { presentPull } from "./presentPull";
import { remembered } from "./words";

export type PullsNode = PullNode | { readonly kind: "signIn" | "problem" | "more"; readonly fleet: Fleet };

/** What commands get from the view; they read no more than `repo` and `number`. */
export interface PullNode {
  readonly kind: "pull";
  readonly fleet: Fleet;
  /** The repo's common git folder. */
  readonly repo: string;
  readonly number: number;
}

/** The open pull requests that have no worktree here, and how it stands with GitHub where that needs a word. */
export class PullsProvider extends ListProvider<PullsNode> {
  constructor(private readonly fleets: Fleets) {
    super();
  }

  protected nodes(): PullsNode[] {
    return this.fleets.all.flatMap((fleet): PullsNode[] => {
      const { github, pulls, openPulls } = fleet.snapshot;
      if (!github) return [];
      const repo = fleet.repo.commonDir;
      const listed = pulls.map(({ pull }): PullsNode => ({ kind: "pull", fleet, repo, number: pull.number }));
      return [
        ...(github.signedOut ? [{ kind: "signIn" as const, fleet }] : []),
        ...(github.problem ? [{ kind: "problem" as const, fleet }] : []),
        ...listed,
        ...(openPulls > mostListed ? [{ kind: "more" as const, fleet }] : []),
      ];
    });
  }

  getTreeItem(node: PullsNode): vscode.TreeItem {
    const { fleet } = node;
    const several = this.fleets.all.length > 1 ? path.basename(fleet.repo.dir) : "";
    switch (node.kind) {
      case "signIn":
        return signInItem(fleet, several);
      case "problem":
        return problemItem(fleet, several);
      case "more": {
        const text = vscode.l10n.t("{0} are open in all", fleet.snapshot.openPulls);
        return new vscode.TreeItem(text, vscode.TreeItemCollapsibleState.None);
      }
      case "pull": {
        const found = fleet.snapshot.pulls.find(({ pull }) => pull.number === node.number);
        if (!found) return new vscode.TreeItem(`#${node.number}`);
        const row = presentPull(found, {
          t: vscode.l10n.t,
          now: Date.now(),
          names: namesIn(fleet.snapshot),
        });
        const drawn = drawRow(`${node.repo}\0${node.number}`, row, vscode.TreeItemCollapsibleState.None);
        drawn.command = {
          command: commands.openPull.id,
          title: vscode.l10n.t("Open on GitHub"),
          arguments: [node],
        };
        return drawn;
      }
    }
  }
}

/** More pages are not asked for. */
const mostListed = 300;

function signInItem(fleet: Fleet, repo: string): vscode.TreeItem {
  const drawn = new vscode.TreeItem(vscode.l10n.t("Sign in to GitHub"));
  drawn.id = `${fleet.repo.commonDir}\0signIn`;
  drawn.description = repo;
  drawn.iconPath = new vscode.ThemeIcon("github");
  drawn.tooltip = vscode.l10n.t(
    "To see the pull requests of each worktree. Everything else works without it.",
  );
  drawn.contextValue = ";gitHub;signedOut;";
  drawn.command = { command: commands.signInToGitHub.id, title: vscode.l10n.t("Sign in to GitHub") };
  return drawn;
}

function problemItem(fleet: Fleet, repo: string): vscode.TreeItem {
  const { problem, askedAt } = fleet.snapshot.github ?? {};
  const text = visible(problem?.message ?? "");
  const drawn = new vscode.TreeItem(text);
  drawn.id = `${fleet.repo.commonDir}\0problem`;
  const last = askedAt ? remembered(askedAt, Date.now(), vscode.l10n.t) : "";
  drawn.description = [repo, last].filter((part) => part !== "").join(" · ");
  drawn.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  drawn.tooltip = visible(`${problem?.message} ${problem?.hint}`);
  drawn.contextValue = ";gitHub;problem;";
  drawn.accessibilityInformation = { label: visible(`${problem?.message} ${problem?.hint}`) };
  return drawn;
}
