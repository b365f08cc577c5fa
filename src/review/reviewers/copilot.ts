import { type Adapter, at, events, step, textAt } from "./adapter";

/** GitHub Copilot, with no tool but those that read. */
export const copilot: Adapter = {
  id: "copilot",
  label: "GitHub Copilot",
  vendor: "github",
  program: "copilot",
  // GH_TOKEN and GITHUB_TOKEN can push; Copilot has a variable of its own.
  needs: (name) => /^(COPILOT_(HOME|MODEL|OFFLINE|GITHUB_TOKEN|GH_HOST|PROVIDER_\w+)|GH_HOST)$/.test(name),
  start: ({ desk }) => ({
    cwd: desk.checkout,
    args: [
      ...["--output-format", "json", "--available-tools", "view", "grep", "glob", "--no-ask-user"],
      ...["--no-custom-instructions", "--disable-builtin-mcps", "--no-auto-update", "--no-color"],
    ],
  }),
  progress: ({ type, data }) =>
    type === "tool.execution_start" ? step(at(data, "toolName"), at(data, "arguments")) : null,
  // {"type":"assistant.message","data":{"model":"…","content":"…","toolRequests":[]}} … {"type":"result","exitCode":0,…}
  hear(stdout) {
    const all = events(stdout);
    const last = all.findLast(
      (event) => event.type === "assistant.message" && at(event, "data", "content") !== "",
    );
    const failure = all.findLast(({ type }) => type === "session.error");
    const problem = textAt(failure, "data", "message");
    return {
      text: textAt(last, "data", "content"),
      costUsd: null,
      model: textAt(last, "data", "model"),
      problem,
      limited: /quota|rate limit|credits|429/i.test(problem ?? ""),
    };
  },
};
