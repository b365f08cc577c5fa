import assert from "node:assert/strict";
import { pullText } from "../../src/github/pullText";

describe("the text of a new pull request", () => {
  const matter = { branch: "agent/csv-export", task: null, commits: [], template: null, takesPlaceOf: null };
  const commit = (subject: string, body = "") => ({ subject, body });

  it("takes its title from the only commit, else from the task, else from the first commit or the branch", () => {
    const title = (more: Partial<Parameters<typeof pullText>[0]>) => pullText({ ...matter, ...more }).title;
    const two = [commit("feat: one"), commit("fix: two")];
    assert.deepEqual(
      [
        title({ commits: [commit("feat: CSV")], task: "Export CSV" }),
        title({ commits: two, task: "Export CSV\nwith a header" }),
        title({ commits: two }),
        title({}),
      ],
      ["feat: CSV", "Export CSV", "feat: one", "csv export"],
    );
  });

  it("says what it is for, what is in it, what the repo wants, and what must be so before it is done", () => {
    const { body } = pullText({
      ...matter,
      task: "Export CSV",
      commits: [commit("feat: one", "Because."), commit("fix: two")],
      template: "## Ticket\n",
    });
    const [task, commits, template, done] = body.split("\n\n");
    assert.deepEqual([task, commits, template], ["Export CSV", "- feat: one\n- fix: two", "## Ticket"]);
    assert.match(done ?? "", /^### Done\n(- \[ \] .+\n?){6}$/);
    assert.match(
      pullText({ ...matter, commits: [commit("feat: one", "Because.")] }).body,
      /^Because\.\n\n### Done/,
    );
  });

  it("names the branch whose place it takes, and that one's pull request", () => {
    const old = { branch: "agent/`csv`", head: "5c0ffee", pull: 7 };
    const first = (takesPlaceOf: typeof old | (Omit<typeof old, "pull"> & { pull: null })) =>
      pullText({ ...matter, takesPlaceOf }).body.split(":")[0];
    assert.equal(first(old), "Takes the place of #7 (`agent/'csv'`) as of 5c0ffee");
    assert.equal(first({ ...old, pull: null }), "Takes the place of `agent/'csv'` as of 5c0ffee");
  });
});
