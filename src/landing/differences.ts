/** The lines `from` to `to` of one text stand as `newFrom` to `newTo` in another; counted from 0, ends excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
  /** By how many lines it could as well stand further up, as where one of several empty lines came. */
  readonly play: number;
}

// Comparing takes time and room by the square of this.
const mostDifferences = 300;

/**
 * The shortest way from one text to the other (Myers), each stretch as far down as it can stand; null where it is long, or
 * where stretches could stand together as well as apart.
 */
export function differences(before: readonly string[], after: readonly string[]): Stretch[] | null {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [rows, columns] = [before.length - end, after.length - end];
  if (start === rows && start === columns) return [];
  const found =
    start === rows || start === columns
      ? [{ from: start, to: rows, newFrom: start, newTo: columns, play: 0 }]
      : toStretches(shortest(before.slice(start, rows), after.slice(start, columns)), start);
  return found && settled(found, before, after);
}

/** Which lines of the one text go, and which of the other come. */
interface Marks {
  readonly gone: readonly boolean[];
  readonly come: readonly boolean[];
}

function shortest(before: readonly string[], after: readonly string[]): Marks | null {
  const limit = Math.min(mostDifferences, before.length + after.length);
  const middle = limit + 1;
  // How far down `before` a way with so many differences gets on each diagonal (a line's number less its partner's).
  const furthest = new Int32Array(2 * limit + 3);
  const trail: Int32Array[] = [];
  for (let count = 0; count <= limit; count++) {
    trail.push(furthest.slice());
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      const at = middle + diagonal;
      let row = comesFromAbove(furthest, middle, diagonal, count)
        ? (furthest[at + 1] ?? 0)
        : (furthest[at - 1] ?? 0) + 1;
      while (row < before.length && row - diagonal < after.length && before[row] === after[row - diagonal])
        row++;
      furthest[at] = row;
      if (row >= before.length && row - diagonal >= after.length)
        return walkBack(trail, middle, before.length, after.length);
    }
  }
  return null;
}

/** Whether the last difference on the way is a line that comes, rather than one that goes. */
function comesFromAbove(furthest: Int32Array, middle: number, diagonal: number, count: number): boolean {
  const [left, right] = [furthest[middle + diagonal - 1] ?? 0, furthest[middle + diagonal + 1] ?? 0];
  return diagonal === -count || (diagonal !== count && left < right);
}

function walkBack(trail: readonly Int32Array[], middle: number, rows: number, columns: number): Marks {
  const gone = new Array<boolean>(rows).fill(false);
  const come = new Array<boolean>(columns).fill(false);
  let diagonal = rows - columns;
  for (let count = trail.length - 1; count > 0; count--) {
    const furthest = trail[count] ?? new Int32Array();
    if (comesFromAbove(furthest, middle, diagonal, count)) {
      diagonal++;
      come[(furthest[middle + diagonal] ?? 0) - diagonal] = true;
    } else {
      diagonal--;
      gone[furthest[middle + diagonal] ?? 0] = true;
    }
  }
  return { gone, come };
}

function toStretches(marks: Marks | null, start: number): Stretch[] | null {
  if (!marks) return null;
  const { gone, come } = marks;
  const found: Stretch[] = [];
  for (let row = 0, column = 0; row < gone.length || column < come.length; ) {
    const [from, newFrom] = [row, column];
    while (gone[row]) row++;
    while (come[column]) column++;
    if (row > from || column > newFrom) {
      const [to, newTo] = [row, column];
      found.push({
        ...{ from: from + start, to: to + start, newFrom: newFrom + start, newTo: newTo + start },
        play: 0,
      });
    } else {
      row++;
      column++;
    }
  }
  return found;
}

/** Moves each stretch down as far as its lines repeat, and measures how far up they do. */
function settled(
  stretches: readonly Stretch[],
  before: readonly string[],
  after: readonly string[],
): Stretch[] | null {
  const found: Stretch[] = [];
  for (const [i, stretch] of stretches.entries()) {
    const { from, to, newFrom, newTo } = stretch;
    const [gone, come] = [to - from, newTo - newFrom];
    // The lines that stay the same between it and its neighbours.
    const above = from - (stretches[i - 1]?.to ?? 0);
    const below = (stretches[i + 1]?.from ?? before.length) - to;
    const [old, next] = [playOf(before, from, to, above, below), playOf(after, newFrom, newTo, above, below)];
    // Lines that came in the place of others stay with them, unless both could stand elsewhere.
    const { up, down } = gone === 0 ? next : come === 0 ? old : fewer(old, next);
    if (gone > 0 && come > 0 && up + down > 0) return null;
    if (down > 0 && down === below && i < stretches.length - 1) return null;
    if (i > 0 && (found[i - 1]?.to ?? 0) >= from - up) return null;
    found.push({
      ...{ from: from + down, to: to + down, newFrom: newFrom + down, newTo: newTo + down },
      play: up + down,
    });
  }
  return found;
}

interface Play {
  readonly up: number;
  readonly down: number;
}

/** By how many lines what stands from `from` to `to` could as well stand further up or down, where there is so much room. */
function playOf(text: readonly string[], from: number, to: number, above: number, below: number): Play {
  let [up, down] = [0, 0];
  while (up < above && text[from - 1 - up] === text[to - 1 - up]) up++;
  while (down < below && text[from + down] === text[to + down]) down++;
  return { up, down };
}

function fewer(one: Play, other: Play): Play {
  return { up: Math.min(one.up, other.up), down: Math.min(one.down, other.down) };
}
