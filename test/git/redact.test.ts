import assert from "node:assert/strict";
import { withoutPasswords } from "../../src/git/redact";

describe("git/withoutPasswords", () => {
  it("keeps the address, and nothing of who asked", () => {
    assert.equal(
      withoutPasswords(
        "fatal: unable to access 'https://ann:secret@example.com/a.git/': 403, ssh://bob@host/x",
      ),
      "fatal: unable to access 'https://example.com/a.git/': 403, ssh://host/x",
    );
    assert.equal(withoutPasswords("To git@example.com:a.git"), "To git@example.com:a.git");
  });
});
