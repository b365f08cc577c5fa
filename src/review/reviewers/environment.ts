// What a program needs to run at all, to find the person's own login, and to get through a proxy.
const plain =
  /^(PATH|PATHEXT|HOME|USERPROFILE|HOMEDRIVE|HOMEPATH|USER|LOGNAME|USERNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|HTTPS?_PROXY|ALL_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$/i;

/**
 * A reviewer's environment: nothing of the builder's session, and nothing that could push. Git, where a reviewer runs it,
 * reaches no server and asks for no password.
 */
export function reviewerEnvironment(
  env: NodeJS.ProcessEnv,
  needs: (name: string) => boolean,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => plain.test(name) || needs(name));
  return {
    ...Object.fromEntries(kept),
    NO_COLOR: "1",
    TERM: "dumb",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "credential.helper",
    GIT_CONFIG_VALUE_0: "",
  };
}

/** The text without the values of secrets that the environment holds. */
export function withoutSecrets(text: string, env: NodeJS.ProcessEnv): string {
  let result = text;
  for (const [name, value = ""] of Object.entries(env))
    if (/TOKEN|KEY|SECRET|PASSWORD|CREDENTIAL|HEADERS|_PROXY$/i.test(name) && value.length >= 6)
      result = result.replaceAll(value, "…");
  return result;
}
