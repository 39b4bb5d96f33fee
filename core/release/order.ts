// Which of two releases is the later one: an issue that is resolved in a release waits for later ones. Names decide where both are
// versions of one package, as Sentry writes them: `package@version+build`. Pure.

type Version = { package: string; numbers: readonly string[]; prerelease: readonly string[]; build: string }

/** One to four numbers; without a package at least two, or half the hashes of commits would be versions. */
const pattern = /^(?:(?<package>.+)@)?v?(?<numbers>\d{1,20}(?:\.\d{1,20}){0,3})(?:-(?<prerelease>[0-9a-z.-]+))?(?:\+(?<build>[0-9a-z.-]+))?$/i

function parseVersion(name: string): Version | null {
  const found = pattern.exec(name)?.groups
  if (!found) return null
  const numbers = found.numbers!.split('.')
  if (found.package === undefined && numbers.length === 1) return null
  return { package: found.package ?? '', numbers, prerelease: found.prerelease?.split('.') ?? [], build: found.build ?? '' }
}

/**
 * Below, at or above 0 as `a` is earlier than, the same as or later than `b` (semver 11, with up to four numbers and then numbered builds);
 * null when their names do not say: of two packages, or not versions, or builds that are no numbers.
 */
export function compareVersions(a: string, b: string): number | null {
  if (a === b) return 0
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (!left || !right || left.package !== right.package) return null
  return compareLists(left.numbers, right.numbers, '0') || comparePrereleases(left.prerelease, right.prerelease) || compareBuilds(left.build, right.build)
}

/** By their names, else by where each appeared first: `positionOf`, null when it never did. A release that never appeared has none after it. */
export function isLater(version: string, than: string, positionOf: (version: string) => number | null): boolean {
  const order = compareVersions(version, than)
  if (order !== null) return order > 0
  const [position, other] = [positionOf(version), positionOf(than)]
  return position !== null && other !== null && position > other
}

/** `missing` stands for what the shorter one lacks. */
function compareLists(a: readonly string[], b: readonly string[], missing: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareParts(a[at] ?? missing, b[at] ?? missing)
    if (order !== 0) return order
  }
  return 0
}

/** Before the version itself; numbers before names, fewer parts before more. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length - a.length)
  const shared = Math.min(a.length, b.length)
  return compareLists(a.slice(0, shared), b.slice(0, shared), '') || Math.sign(a.length - b.length)
}

function compareBuilds(a: string, b: string): number | null {
  if (a === b) return 0
  return isNumber(a || '0') && isNumber(b || '0') ? Math.sign(Number(a !== '') - Number(b !== '')) || compareNumbers(a, b) : null
}

function compareParts(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1
  return compareTexts(a, b)
}

/** Of any length. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return Math.sign(left.length - right.length) || compareTexts(left, right)
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}
