/** What kinds of defect there are words for. A text may speak of several, or of none that is known here. */
const concerns: readonly (readonly [name: string, words: RegExp])[] = [
  [
    "missing value",
    /\b(null|undefined|nil|optional|nullable|missing value)\b|not (set|defined|initiali[sz]ed)/,
  ],
  [
    "bounds",
    /off.by.one|out.of.(range|bounds)|\bbound(s|ary)?\b|\blast (item|element|entry|row|one)\b|fence.?post|\bindex(es)?\b/,
  ],
  [
    "number",
    /negative|below zero|overflow|round(ing|ed|s)?\b|precision|floating|\bfloats?\b|\bnan\b|divi(sion|de[sd]?) by zero|\bcents\b/,
  ],
  [
    "order of events",
    /\brac(e|es|y)\b|concurren|toctou|atomic|simultaneous|interleav|deadlock|\bawait|another process|at the same time/,
  ],
  [
    "resource",
    /\bleak|never (closed|released|freed|disposed|cleared|removed)|not (closed|released|disposed)|unclosed|grows without|\bevict|\bmemory\b/,
  ],
  ["injection", /inject|escap|saniti[sz]|\bxss\b|unsafe html|path traversal|prototype pollution/],
  ["secret", /secret|\btokens?\b|password|credential|api key|private key/],
  ["rights", /unauthori[sz]ed|authori[sz]ation|permission|access control|\bcsrf\b|\badmins?\b/],
  [
    "failure",
    /swallow|unhandled|ignored? error|errors? (is|are) (ignored|lost|hidden)|empty catch|rejection|\bthrows?\b|exception|crash/,
  ],
  ["unit", /milliseconds|\bseconds\b|\bunits?\b|time ?zone|\butc\b|daylight/],
  ["speed", /\bslow|quadratic|o\(n|performance|inefficient|n\+1|each render/],
  ["end", /infinite|endless|never (ends|stops|returns)|hangs?\b|forever|no timeout|without a timeout/],
  ["wording", /typo|wording|translat|i18n|locali[sz]|upper ?case|lower ?case|\bcase\b|capital/],
  ["documents", /readme|\bdocs?\b|document|changelog|jsdoc|docstring/],
  ["tests", /\btests?\b|coverage|untested|assertion/],
  ["naming", /\bnam(e|ed|ing) (is|of|says|suggests|should|convention)|misleading name|\brename|naming/],
  [
    "leftover",
    /console\.log|debug (output|print|log)|\btodo\b|fixme|dead code|\bunused\b|commented.out|unreachable/,
  ],
  ["duplicate", /duplicat|copy.?past|repeated code|\bdry\b/],
  ["type", /type (cast|assertion|mismatch)|\bas any\b|wrong type|implicit any|coerc/],
  ["accessibility", /aria|screen.?reader|keyboard|contrast|alt text/],
];

/** The kinds of defect that a text speaks of. */
export function concernsOf(text: string): ReadonlySet<string> {
  const plain = text.slice(0, 4_000).toLowerCase();
  return new Set(concerns.filter(([, words]) => words.test(plain)).map(([name]) => name));
}
