import { withGitEnvironment } from "./environment";

/** Git that nobody asked for just now: it fails where it could only go on by opening a window to sign in. */
export function unasked<T>(action: () => Promise<T>): Promise<T> {
  return withGitEnvironment({ GCM_INTERACTIVE: "never", SSH_ASKPASS_REQUIRE: "never" }, action);
}
