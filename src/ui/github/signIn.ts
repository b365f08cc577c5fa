import * as vscode from "vscode";
import type { Connect } from "../../fleet";
import type { GitHub } from "../../github/client";
import type { Slug } from "../../model/pull";

/** Reading and changing pull requests of private repos, and running their checks again, needs no less. */
const scopes = ["repo"];

interface Server {
  readonly provider: "github" | "github-enterprise";
  readonly uri: string;
}

/** Lines to GitHub with the sign-in of VS Code: taken where it is there, asked for only when the person wants it. */
export class GitHubSignIn implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  /** Somebody signed in or out. */
  readonly onDidChange = this.changes.event;
  private readonly clients = new Map<string, GitHub>();
  private readonly owned: vscode.Disposable[];

  constructor() {
    this.owned = [
      this.changes,
      vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === "github" || provider.id === "github-enterprise") this.changes.fire();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.owned) each.dispose();
  }

  /** A client where the person is signed in already, or their environment has a token for that very server. */
  readonly connect: Connect = async (slug) => {
    const server = serverOf(slug);
    const session = server && (await getSession(server, { silent: true }));
    if (server && session) return this.client(server, session.accessToken);
    const { gitHubFromEnvironment } = await import("../../github/client");
    return gitHubFromEnvironment(slug, process.env) ?? (server ? "signed-out" : null);
  };

  /** Asks the person to sign in; `again`: as what there is does not do. False where they did not. */
  async signIn(slug: Slug, again: boolean): Promise<boolean> {
    const server = serverOf(slug);
    if (!server) return false;
    const detail = vscode.l10n.t(
      "Agent Foreman shows the pull requests of {0}.",
      `${slug.owner}/${slug.name}`,
    );
    const session = await getSession(
      server,
      again ? { forceNewSession: { detail } } : { createIfNone: { detail } },
    );
    if (session) this.changes.fire();
    return session !== undefined;
  }

  private async client(server: Server, token: string): Promise<GitHub> {
    const key = `${server.uri} ${token}`;
    const known = this.clients.get(key);
    if (known) return known;
    const { apiOf, gitHub } = await import("../../github/client");
    const client = gitHub(token, apiOf(server.uri));
    this.clients.clear();
    this.clients.set(key, client);
    return client;
  }
}

/** Where nobody is asked to sign in, a provider that is missing or refuses is the same as no sign-in. */
async function getSession(
  { provider }: Server,
  options: vscode.AuthenticationGetSessionOptions,
): Promise<vscode.AuthenticationSession | undefined> {
  try {
    return await vscode.authentication.getSession(provider, scopes, options);
  } catch {
    return undefined;
  }
}

/** The server is named by the person's own settings, never by the repo's. */
function serverOf({ host }: Slug): Server | null {
  if (host === "github.com") return { provider: "github", uri: "https://github.com" };
  const uri = vscode.workspace.getConfiguration("github-enterprise").inspect<unknown>("uri")?.globalValue;
  if (typeof uri !== "string" || !URL.canParse(uri) || new URL(uri).hostname.toLowerCase() !== host)
    return null;
  return { provider: "github-enterprise", uri };
}
