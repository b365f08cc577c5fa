/** A stateful GitHub server on loopback with one user, `ann`, and her repo `tracker`; its git is no real one. */
export async function startEmulator(token: string): Promise<{ url: string; close(): Promise<void> }> {
  // The package has no CommonJS face.
  const { createEmulator } = await import("emulate");
  return createEmulator({
    service: "github",
    port: 0,
    seed: {
      tokens: { [token]: { login: "ann", scopes: ["repo"] } },
      github: { users: [{ login: "ann" }], repos: [{ owner: "ann", name: "tracker", auto_init: true }] },
    },
  });
}
