/** A name for the branch that takes another's place: `agent/x-recovered`, or with a number where that is taken. */
export function newName(branch: string, isTaken: (name: string) => boolean): string {
  const stem = `${branch.replace(/-recovered(-\d+)?$/, "")}-recovered`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? stem : `${stem}-${count}`;
    if (!isTaken(name)) return name;
  }
}
