import { ensureClaude } from "../provision/agents.mjs";

/** The real Claude Code, installed when it is not yet. */
export const claudeCode: () => Promise<string> = ensureClaude;

/** An environment in which Claude Code knows nobody and nothing, and speaks to the models at `url`. */
export function claudeEnv(url: string, home: string): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CLAUDE|ANTHROPIC_)/.test(name))),
    HOME: home,
    USERPROFILE: home,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_AUTH_TOKEN: "nobody's",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
  };
}
