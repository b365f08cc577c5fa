/** A stateful GitHub server on loopback with one user, `ann` (token `test-token`), and her repo `tracker`. */
export async function startGitHub(): Promise<{ url: string; close(): Promise<void> }> {
  // The package has no CommonJS face.
  const { createEmulator } = await import("emulate");
  return createEmulator({
    service: "github",
    port: 0,
    seed: {
      tokens: { "test-token": { login: "ann", scopes: ["repo"] } },
      github: { users: [{ login: "ann" }], repos: [{ owner: "ann", name: "tracker", auto_init: true }] },
    },
  });
}
