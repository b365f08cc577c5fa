import * as vscode from "vscode";
import type { Services } from "../commands/services";
import { tellDone } from "../tell";

const [addressKey, tokenKey] = ["review.gateway.address", "review.gateway.token"];

/** Where reviewers that speak Anthropic's API are sent, as the person set it; empty: where the environment sends them. */
export async function gatewayEnvironment(secrets: vscode.SecretStorage): Promise<NodeJS.ProcessEnv> {
  const [address, token] = await Promise.all([secrets.get(addressKey), secrets.get(tokenKey)]);
  if (!address) return {};
  return { ANTHROPIC_BASE_URL: address, ...(token ? { ANTHROPIC_AUTH_TOKEN: token } : {}) };
}

/** Asks for the gateway's address and token, and keeps both in VS Code's secret storage; no settings file ever has them. */
export async function setReviewGateway({ secrets }: Services): Promise<void> {
  const address = await vscode.window.showInputBox({
    title: vscode.l10n.t("Reviewer Gateway (1/2)"),
    prompt: vscode.l10n.t("The address of a server with Anthropic's API. Empty: none."),
    value: (await secrets.get(addressKey)) ?? "",
    placeHolder: "https://gateway.example.com",
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" || isSafeAddress(text.trim())
        ? null
        : vscode.l10n.t("An https address, or http on this machine; without a password in it."),
  });
  if (address === undefined) return;
  if (address.trim() === "") {
    await Promise.all([secrets.delete(addressKey), secrets.delete(tokenKey)]);
    return void tellDone(vscode.l10n.t("Reviewers use no gateway of yours any more."));
  }
  const token = await vscode.window.showInputBox({
    title: vscode.l10n.t("Reviewer Gateway (2/2)"),
    prompt: vscode.l10n.t("Its token. It is kept in VS Code's secret storage and goes to that server only."),
    password: true,
    ignoreFocusOut: true,
  });
  if (token === undefined) return;
  await secrets.store(addressKey, address.trim());
  await (token === "" ? secrets.delete(tokenKey) : secrets.store(tokenKey, token));
  void tellDone(vscode.l10n.t("Reviewers use the gateway from now on."));
}

/** A token that is sent in the clear is everybody's. */
export function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && here)) && username + password === "";
}
