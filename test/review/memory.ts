import type { Category } from "../../src/model/finding";

/** What a reviewer says of some of the lines of `code`, 1-based and inclusive. */
export type Said = readonly [from: number, to: number, category: Category, title: string, scenario: string];

/** A finding that a person overruled, and what a later reviewer says of the same code. */
export type Pair = readonly [overruled: Said, again: Said];

export const code = `import { readFile, writeFile } from "node:fs/promises";

const cache = new Map();

export async function loadUser(db, id) {
  const row = await db.query("SELECT * FROM users WHERE id = " + id);
  const user = row[0];
  cache.set(id, user);
  return { name: user.name.trim(), age: user.age };
}

export function average(values) {
  let sum = 0;
  for (let i = 0; i <= values.length; i++) sum += values[i];
  return sum / values.length;
}

export async function saveSettings(path, settings) {
  const before = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...before, ...settings }));
  console.log("saved", path, settings.token);
}

export async function retry(action, pause = 1) {
  for (;;) {
    try {
      return await action();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

export function price(cents, currency) {
  const amount = (cents / 100).toFixed(2);
  return \`<span class="price">\${currency} \${amount}</span>\`;
}
`;

/** The same defect again, as another model or another day words it: it must stay overruled. */
export const reworded: readonly Pair[] = [
  [
    [6, 6, "security", "SQL injection through id", "id is '1 OR 1=1' → every user is returned"],
    [
      6,
      6,
      "security",
      "Query is built by string concatenation",
      "An attacker controls id and reads the whole table",
    ],
  ],
  [
    [6, 6, "security", "SQL injection through id", "id is '1 OR 1=1' → every user is returned"],
    [
      6,
      7,
      "bug",
      "Unparameterised SQL: id is injected into the query",
      "loadUser(db, '1 OR 1=1') returns somebody else",
    ],
  ],
  [
    [7, 9, "bug", "user can be undefined", "no such id → row[0] is undefined → user.name throws"],
    [
      9,
      9,
      "bug",
      "Unknown id crashes",
      "loadUser(db, 999): Cannot read properties of undefined (reading 'name')",
    ],
  ],
  [
    [7, 7, "bug", "Missing check for an empty result", "no row → user is undefined and the next lines throw"],
    [7, 9, "bug", "row[0] is dereferenced without a check", "An empty result makes user undefined"],
  ],
  [
    [8, 8, "bug", "The cache is never cleared", "A long-running server keeps every user in memory"],
    [
      8,
      8,
      "bug",
      "Unbounded cache growth",
      "Each new id adds an entry that is never removed, memory grows without limit",
    ],
  ],
  [
    [8, 8, "debt", "Memory leak: cache has no eviction", "the map only grows"],
    [
      8,
      8,
      "debt",
      "cache entries are never evicted",
      "memory use rises with every id until the process is restarted",
    ],
  ],
  [
    [8, 8, "bug", "Cached users go stale", "A user is renamed, the old name is served"],
    [
      8,
      8,
      "bug",
      "No invalidation of cache",
      "After an update in the database the cache still returns the previous values",
    ],
  ],
  [
    [14, 14, "bug", "Off-by-one: reads one element too many", "[1, 2] → adds undefined → NaN"],
    [
      14,
      14,
      "bug",
      "Loop condition should be < instead of <=",
      "values[values.length] is undefined, so sum becomes NaN",
    ],
  ],
  [
    [14, 14, "bug", "Off-by-one: reads one element too many", "[1, 2] → adds undefined → NaN"],
    [13, 15, "bug", "average returns NaN for every input", "i <= values.length adds undefined at the end"],
  ],
  [
    [15, 15, "bug", "Division by zero for an empty list", "average([]) → NaN"],
    [15, 15, "bug", "Empty input is not handled", "values = [] gives 0 / 0"],
  ],
  [
    [15, 15, "bug", "Division by zero for an empty list", "average([]) → NaN"],
    [12, 16, "bug", "average([]) divides by zero", "An empty list gives NaN, which spreads into the report"],
  ],
  [
    [
      19,
      20,
      "bug",
      "Read-modify-write race",
      "two calls at once: the second one overwrites the first one's settings",
    ],
    [19, 20, "bug", "Concurrent saves lose updates", "Both read the same before, the later write wins"],
  ],
  [
    [20, 20, "bug", "The write is not atomic", "A crash in the middle leaves half a file"],
    [
      20,
      20,
      "bug",
      "Interrupted save corrupts the settings file",
      "The process is killed during writeFile → truncated JSON",
    ],
  ],
  [
    [
      19,
      19,
      "bug",
      "A missing file makes saveSettings throw",
      "first start: there is no settings file → ENOENT",
    ],
    [19, 19, "bug", "First run fails", "readFile rejects with ENOENT when nothing was saved yet"],
  ],
  [
    [19, 19, "bug", "Broken JSON is not handled", "The file is empty → JSON.parse throws"],
    [
      19,
      20,
      "bug",
      "Corrupt settings crash the save",
      "JSON.parse throws on a truncated file and the new settings are lost",
    ],
  ],
  [
    [21, 21, "security", "Token is written to the log", "saveSettings logs settings.token"],
    [21, 21, "security", "Secret leaks into console output", "Whoever reads the logs gets the token"],
  ],
  [
    [21, 21, "conventions", "console.log left in", ""],
    [21, 21, "conventions", "Debug output should be removed", "prints on each save"],
  ],
  [
    [21, 21, "security", "Token is written to the log", "saveSettings logs settings.token"],
    [21, 21, "bug", "console.log prints the token", "settings.token ends up in the log files"],
  ],
  [
    [25, 31, "bug", "retry never gives up", "action always fails → endless loop"],
    [25, 31, "bug", "Infinite loop when the action keeps failing", "There is no maximum number of attempts"],
  ],
  [
    [25, 31, "bug", "retry never gives up", "action always fails → endless loop"],
    [
      25,
      25,
      "bug",
      "Unbounded retries",
      "for (;;) without a limit: a permanent error hangs the caller forever",
    ],
  ],
  [
    [28, 30, "bug", "The error is swallowed", "Nobody learns why action failed"],
    [
      28,
      28,
      "bug",
      "catch without a binding hides the cause",
      "The exception is ignored, so a permanent failure cannot be diagnosed",
    ],
  ],
  [
    [24, 24, "bug", "pause is one millisecond", "setTimeout takes milliseconds, 1 is a busy loop"],
    [24, 24, "bug", "Default pause is far too short", "retry hammers the server a thousand times a second"],
  ],
  [
    [29, 29, "bug", "No back-off", "The server is down, and is asked again and again at the same pace"],
    [
      29,
      29,
      "bug",
      "Constant delay between attempts",
      "An exponential back-off would spare an overloaded server",
    ],
  ],
  [
    [36, 36, "security", "currency is not escaped", "currency = '<img onerror=…>' runs a script"],
    [36, 36, "security", "XSS through currency", "The string is interpolated into HTML unsanitized"],
  ],
  [
    [35, 36, "security", "currency is not escaped", "currency = '<img onerror=…>' runs a script"],
    [
      36,
      36,
      "bug",
      "HTML injection: currency goes into the markup unescaped",
      "an <img onerror> in currency runs a script",
    ],
  ],
  [
    [35, 35, "bug", "Floating point for money", "cents = 1e17 loses cents"],
    [35, 35, "bug", "Large amounts lose precision", "cents / 100 is not exact beyond 2^53"],
  ],
  [
    [35, 35, "bug", "Negative amounts look odd", "-5 → -0.05"],
    [35, 35, "bug", "price(-5) is shown as -0.05", "A refund below one euro gets a minus before the zero"],
  ],
  [
    [34, 37, "test", "No test covers price", ""],
    [34, 37, "test", "price is untested", "a change of the format would go unnoticed"],
  ],
  [
    [5, 10, "docs", "loadUser is not documented", ""],
    [5, 10, "docs", "Missing JSDoc for loadUser", "callers do not learn that it may reject"],
  ],
  [
    [3, 3, "conventions", "cache is a vague name", "What is cached?"],
    [3, 3, "conventions", "Rename cache to usersById", "The name does not tell what it holds"],
  ],
];

/** Another defect in the same lines: it must be open. */
export const others: readonly Pair[] = [
  [
    [6, 6, "bug", "SELECT * reads columns that are not used", "slow for wide tables"],
    [6, 6, "security", "SQL injection through id", "id is '1 OR 1=1' → every user is returned"],
  ],
  [
    [6, 6, "bug", "SELECT * is slow for wide tables", "each call reads the picture column too"],
    [6, 6, "bug", "SQL injection through id", "id is '1 OR 1=1' → every user is returned"],
  ],
  [
    [6, 6, "bug", "The query has no timeout", "a slow database hangs the request"],
    [6, 6, "bug", "id is not escaped in the SQL", "id is '1; DROP TABLE users'"],
  ],
  [
    [7, 9, "bug", "user can be undefined", "no such id → row[0] is undefined"],
    [9, 9, "security", "The password hash is copied into the answer", "user.name may hold a credential"],
  ],
  [
    [8, 8, "bug", "The cache is never cleared", "memory leak in a long-running server"],
    [8, 8, "bug", "Race: two loads of one id write in any order", "the older answer may come last and stays"],
  ],
  [
    [8, 8, "bug", "Cache grows without limit", "memory leak"],
    [8, 8, "bug", "undefined is cached for an unknown id", "a user who is created later is not found"],
  ],
  [
    [8, 8, "debt", "cache should have an eviction", "leaks memory"],
    [
      8,
      8,
      "security",
      "Another tenant reads the cached user",
      "ids are per tenant, so permission is not checked",
    ],
  ],
  [
    [9, 9, "bug", "name may be null", "user.name.trim() throws"],
    [9, 9, "bug", "trim removes a leading emoji's joiner", "translation of names with a zero-width joiner"],
  ],
  [
    [14, 14, "bug", "Slow for large lists", "a reduce would be faster: performance"],
    [14, 14, "bug", "Off-by-one: reads one element too many", "[1, 2] → adds undefined"],
  ],
  [
    [14, 14, "conventions", "Use for…of", "style"],
    [14, 14, "bug", "Loop reads past the last item", "values[values.length] is undefined"],
  ],
  [
    [13, 15, "bug", "sum overflows for huge values", "1e308 + 1e308 → Infinity"],
    [14, 14, "bug", "i <= length reads past the end", "[1] → reads values[1]"],
  ],
  [
    [15, 15, "test", "No test for average", ""],
    [15, 15, "bug", "average([]) is NaN", "division by zero"],
  ],
  [
    [15, 15, "docs", "The README does not mention average", ""],
    [
      15,
      15,
      "docs",
      "The comment says median, the code is the mean",
      "whoever reads the docs expects the median",
    ],
  ],
  [
    [19, 20, "bug", "Two saves at once race", "lost update"],
    [19, 20, "bug", "JSON.parse of a broken file throws", "the exception reaches the caller"],
  ],
  [
    [20, 20, "bug", "The write is not atomic", "crash → half a file"],
    [20, 20, "security", "The file is readable by everybody", "mode 0666: other users read the password"],
  ],
  [
    [20, 20, "bug", "Slow: the whole file is written each time", "performance with many settings"],
    [
      20,
      20,
      "bug",
      "A write that is cut off leaves a broken file",
      "the disk is full → an exception, and the settings are gone",
    ],
  ],
  [
    [19, 19, "bug", "Missing file throws", "first start → ENOENT exception"],
    [19, 19, "security", "Path traversal through path", "path = ../../etc/passwd is not sanitized"],
  ],
  [
    [21, 21, "conventions", "console.log left in", "debug output"],
    [21, 21, "security", "Token is written to the log", "settings.token is a secret"],
  ],
  [
    [21, 21, "bug", "Unused debug output", "console.log stays in"],
    [21, 21, "bug", "The secret token is printed", "whoever reads the log has the credential"],
  ],
  [
    [21, 21, "bug", "Message is not translated", "i18n"],
    [21, 21, "bug", "settings may be null", "saveSettings(path, undefined) → throws"],
  ],
  [
    [25, 31, "bug", "The error is swallowed", "nobody sees the exception"],
    [25, 31, "bug", "Never ends when the action keeps failing", "endless loop"],
  ],
  [
    [25, 31, "bug", "retry never gives up", "endless loop"],
    [28, 30, "bug", "The error is swallowed", "the exception of action is ignored error"],
  ],
  [
    [24, 24, "bug", "pause should be in seconds", "the unit is milliseconds"],
    [24, 24, "bug", "action may be undefined", "retry() throws only later"],
  ],
  [
    [29, 29, "bug", "The timer keeps the process alive", "never released: a leak of handles"],
    [29, 29, "bug", "pause is taken as seconds by callers", "the unit is milliseconds"],
  ],
  [
    [36, 36, "bug", "The currency stands before the amount", "locale: German puts it after, not translated"],
    [36, 36, "security", "currency is not escaped", "XSS"],
  ],
  [
    [36, 36, "bug", "The currency stands before the amount in every locale", "not localised"],
    [36, 36, "bug", "HTML injection through currency", "currency is not escaped"],
  ],
  [
    [36, 36, "bug", "No aria label for screen readers", "accessibility"],
    [36, 36, "bug", "Unescaped currency in the markup", "script injection"],
  ],
  [
    [35, 35, "bug", "Decimal point is not localised", "German wants a comma, wording"],
    [35, 35, "bug", "Large amounts lose cents", "floating point precision"],
  ],
  [
    [35, 35, "bug", "toFixed is slow", "performance in long tables"],
    [35, 35, "bug", "cents may be undefined", "undefined / 100 → NaN is shown"],
  ],
  [
    [34, 37, "test", "No test covers price", "coverage"],
    [
      34,
      37,
      "bug",
      "The result is HTML although the name says price",
      "misleading name, callers escape it twice",
    ],
  ],
];

/** Written after the rules were, on other code: nothing was tuned to it. */
export const unseen = {
  code: `import hashlib
import requests

def download(url, target):
    response = requests.get(url, verify=False)
    with open(target, "wb") as out:
        out.write(response.content)
    return hashlib.md5(response.content).hexdigest()

def page(items, number, size=20):
    start = number * size
    return items[start:start + size]

def remind(users, now):
    for user in users:
        if user.due < now:
            send(user.email, "Your bill is due", user.balance)
            user.reminded = True
`,
  reworded: [
    [
      [5, 5, "security", "Certificate checks are switched off", "a man in the middle serves another file"],
      [5, 5, "security", "verify=False disables TLS validation", "traffic can be intercepted"],
    ],
    [
      [5, 5, "bug", "HTTP errors are not checked", "a 404 page is stored as the file"],
      [5, 7, "bug", "No raise_for_status: error pages are saved", "404 → the file holds HTML"],
    ],
    [
      [5, 5, "bug", "requests.get without a timeout", "a dead server hangs the job"],
      [5, 5, "bug", "The download can hang forever", "no timeout is passed, the server never answers"],
    ],
    [
      [7, 7, "bug", "The whole file is held in memory", "2 GB download → out of memory"],
      [6, 7, "bug", "Large downloads exhaust memory", "response.content buffers everything; stream instead"],
    ],
    [
      [6, 6, "security", "target is not confined to a folder", "target = ../../.ssh/authorized_keys"],
      [6, 6, "security", "Path traversal", "a target with .. writes outside of the download folder"],
    ],
    [
      [8, 8, "security", "MD5 is broken", "two files with one hash can be made"],
      [8, 8, "security", "Weak hash for integrity", "md5 collisions are cheap, use sha256"],
    ],
    [
      [11, 12, "bug", "Pages are counted from zero", "page 1 skips the first twenty items"],
      [11, 11, "bug", "The first page is lost when callers count from one", "number = 1 → start = 20"],
    ],
    [
      [11, 12, "bug", "Negative page number", "page(items, -1) gives items from the end"],
      [10, 12, "bug", "number is not validated", "a negative number slices from the back of the list"],
    ],
    [
      [16, 18, "bug", "Reminded users get the mail again", "reminded is never looked at"],
      [
        16,
        18,
        "bug",
        "Missing check of user.reminded",
        "every run sends the same reminder to everybody who is due",
      ],
    ],
    [
      [16, 16, "bug", "due and now may have different time zones", "naive and aware datetimes → TypeError"],
      [16, 16, "bug", "Comparison of naive and aware datetimes", "now is in UTC, due is local: TypeError"],
    ],
    [
      [
        17,
        18,
        "bug",
        "One failing mail stops all others",
        "send throws for the first user → the rest gets nothing",
      ],
      [
        15,
        18,
        "bug",
        "An exception in send aborts the loop",
        "a bounced address means that later users are not reminded",
      ],
    ],
    [
      [18, 18, "bug", "reminded is not saved", "after a restart everybody is reminded again"],
      [18, 18, "bug", "The flag is only set in memory", "nothing writes user.reminded to the database"],
    ],
  ],
  others: [
    [
      [5, 5, "bug", "requests.get without a timeout", "a dead server hangs the job"],
      [5, 5, "bug", "HTTP errors are not checked", "a 404 page is stored as the file"],
    ],
    [
      [5, 5, "security", "Certificate checks are switched off", "a man in the middle serves another file"],
      [
        5,
        5,
        "security",
        "Server-side request forgery: url is not restricted",
        "url = http://169.254.169.254/",
      ],
    ],
    [
      [6, 7, "bug", "The whole file is held in memory", "2 GB download → out of memory"],
      [6, 7, "bug", "A write that is interrupted leaves half a file", "not atomic: killed in the middle"],
    ],
    [
      [6, 6, "security", "Path traversal through target", "writes outside of the folder"],
      [6, 6, "security", "The file is world-readable", "umask 022: permission for everybody"],
    ],
    [
      [8, 8, "security", "MD5 is broken", "collisions are cheap"],
      [8, 8, "bug", "hexdigest of an error page is returned", "a failure looks like a success"],
    ],
    [
      [8, 8, "debt", "Hashing could be done while writing", "slow: reads the content twice"],
      [8, 8, "docs", "The docstring does not say what is returned", ""],
    ],
    [
      [11, 12, "bug", "Pages are counted from zero", "off-by-one for callers that count from one"],
      [11, 12, "bug", "items may be None", "page(None, 0) → TypeError"],
    ],
    [
      [10, 12, "test", "page is not tested", "coverage"],
      [10, 12, "bug", "size of zero gives an endless pager", "callers loop forever"],
    ],
    [
      [16, 16, "bug", "Time zones are mixed", "naive and aware datetimes"],
      [16, 16, "bug", "due may be null for paid bills", "None < now → TypeError"],
    ],
    [
      [17, 17, "bug", "The subject is not translated", "German users get an English mail"],
      [17, 17, "security", "balance is sent in clear text to an address that was not verified", "privacy"],
    ],
    [
      [17, 18, "bug", "One failing mail stops all others", "exception in the loop"],
      [17, 18, "bug", "Race: two workers send the same reminder", "both read reminded before either sets it"],
    ],
    [
      [18, 18, "bug", "reminded is not saved", "after a restart everybody is reminded again"],
      [18, 18, "conventions", "Use update_fields", "naming convention of the repo"],
    ],
  ],
} as const satisfies { code: string; reworded: readonly Pair[]; others: readonly Pair[] };
