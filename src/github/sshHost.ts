import { execFile } from "node:child_process";

const known = new Map<string, Promise<string>>();

/**
 * The host that ssh would connect to: in `git@work:acme/tracker` "work" may be a name of the person's ssh settings.
 * `ssh -G` prints a setting a line and connects to nothing:
 *
 *     user git
 *     hostname github.com
 *     port 22
 *
 * Where ssh cannot tell, the name itself. `config` is another settings file than the person's own.
 */
export function sshHost(host: string, config?: string): Promise<string> {
  // A host that is a word of an option, or more than a name, is nothing to hand to a program.
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(host)) return Promise.resolve(host);
  const key = `${config ?? ""}\0${host}`;
  const answer = known.get(key) ?? resolve(host, config);
  known.set(key, answer);
  return answer;
}

function resolve(host: string, config: string | undefined): Promise<string> {
  const args = [...(config === undefined ? [] : ["-F", config]), "-G", host];
  return new Promise((settle) => {
    execFile("ssh", args, { timeout: 3_000, maxBuffer: 1 << 20 }, (error, stdout) => {
      const name = /^hostname (\S+)$/m.exec(error ? "" : stdout)?.[1]?.toLowerCase();
      // GitHub's ssh on the port of https has a name of its own.
      settle(name === "ssh.github.com" ? "github.com" : (name ?? host));
    });
  });
}
