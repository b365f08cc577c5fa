import { findAdminDir } from "../git/adminDir";
import type { Repo } from "../git/repo";
import { restoreFiles } from "../git/restoreFiles";
import { withScratch } from "../git/scratch";
import { treesOf } from "../git/treesOf";
import { Lab } from "../landing/lab";
import type { Oid } from "../model/worktree";
import { findForeign } from "./mend";
import { type RecoveryNote, saveNote } from "./note";
import { folderOf } from "./noteSteps";
import { type Picked, replay } from "./replay";
import { stepsOf } from "./stepsOf";

/** Puts uncommitted files into the new worktree, uncommitted as they were, where they fit. Can be done again. */
export async function carry(repo: Repo, note: RecoveryNote): Promise<RecoveryNote> {
  const { uncommitted, rescueRef, tip } = note;
  if (!uncommitted) return note;
  const now = await saveNote(repo, { ...note, step: { do: "carry" } });
  const folder = folderOf(note);
  const adminDir = await findAdminDir(repo.commonDir, folder);
  const { picked, tree } = await fit(repo, tip, uncommitted.commit);
  if (picked?.outcome !== "clean" || adminDir === null) {
    const fate = picked?.outcome === "empty" ? ("drop" as const) : ("conflict" as const);
    const how = `They are kept at ${rescueRef}: git cherry-pick --no-commit ${uncommitted.commit.slice(0, 12)}`;
    const words = `The uncommitted files do not fit, and stay where they are. ${how}`;
    const notes = fate === "conflict" ? [...now.notes, words] : now.notes;
    return { ...now, notes, uncommitted: { ...uncommitted, fate } };
  }
  const paths = [...picked.writes.keys()];
  // After an interruption somebody may have begun to work there.
  const { foreign } = await findForeign({ folder, adminDir }, paths, [tip, tree]);
  const ours = paths.filter((each) => !foreign.includes(each));
  await restoreFiles(folder, tree, ours);
  return { ...now, uncommitted: { ...uncommitted, fate: "carry" } };
}

async function fit(repo: Repo, tip: Oid, commit: Oid): Promise<{ picked: Picked | undefined; tree: Oid }> {
  return withScratch(
    repo,
    tip,
    async (scratch) => {
      const steps = await stepsOf(scratch, [commit]);
      const onto = { oid: tip, tree: (await treesOf(scratch, [tip])).get(tip) ?? "" };
      const { picked, place } = await replay({ scratch, lab: new Lab(scratch) }, onto, steps, {
        strict: true,
      });
      return { picked: picked[0], tree: place.tree };
    },
    true,
  );
}
