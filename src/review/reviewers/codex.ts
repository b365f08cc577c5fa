import { type Adapter, at, events, textAt } from "./adapter";

/** Codex. Its sandbox lets commands read and nothing else, the network included. */
export const codex: Adapter = {
  id: "codex",
  label: "Codex",
  vendor: "openai",
  program: "codex",
  needs: (name) => /^(OPENAI_|CODEX_(HOME|API_KEY)$)/.test(name),
  start: ({ desk, env }, _schema, schemaFile) => ({
    cwd: desk.checkout,
    args: [
      ...[
        "exec",
        "--json",
        "--output-schema",
        schemaFile,
        "--ephemeral",
        "-s",
        "read-only",
        "--color",
        "never",
      ],
      // Neither the person's own servers and hooks nor what the checkout would have it obey.
      ...["--ignore-user-config", "--ignore-rules", "-c", "project_doc_max_bytes=0"],
      // What the model's commands see of the environment.
      ...["-c", 'shell_environment_policy.inherit="core"'],
      ...(env.OPENAI_BASE_URL ? ["-c", `openai_base_url=${JSON.stringify(env.OPENAI_BASE_URL)}`] : []),
      "-",
    ],
  }),
  progress(event) {
    if (event.type !== "item.started" || at(event, "item", "type") !== "command_execution") return null;
    return textAt(event, "item", "command")?.slice(0, 200) ?? null;
  },
  // {"type":"item.completed","item":{"type":"agent_message","text":"…"}} … {"type":"turn.completed","usage":{…}}
  hear(stdout) {
    const all = events(stdout);
    const last = all.findLast((event) => at(event, "item", "type") === "agent_message");
    const failure = all.findLast(({ type }) => type === "turn.failed" || type === "error");
    const done = all.some(({ type }) => type === "turn.completed");
    const problem = textAt(failure, "error", "message") ?? textAt(failure, "message");
    return {
      text: done ? textAt(last, "item", "text") : null,
      costUsd: null,
      model: null,
      problem: done ? null : problem,
      limited: !done && /usage limit|quota|rate limit|429/i.test(problem ?? ""),
    };
  },
};
