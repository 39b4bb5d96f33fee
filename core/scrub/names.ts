// What a field's name says about its value (protocol 6.1, 6.2). Names recur in every event, so each is judged once per settings.

export type NameKind =
  /** Nothing: the value is judged by itself. */
  | 'plain'
  /** A safe field of the project: no rule touches it. */
  | 'safe'
  /** A sensitive field of the project. */
  | 'asked'
  /** Secret by the default rules. */
  | 'secret'
  /** A session or CSRF cookie: secret among cookies and headers only. */
  | 'session'
  /** The value is a list of cookies. */
  | 'cookies'
  /** The attribute that holds nothing but the client's address. */
  | 'address'
  /** The value may look like an IPv4 address and is none: Chrome is at `120.0.0.0`. */
  | 'version'

/** Also in the value of a field, where `token` alone says too little. */
export const secretName = /password|secret|passwd|api[-_]?key|auth|credentials|mysql_pwd|private[-_]?key|token|^otp$|^two[-_]factor$/i
const cookieList = /(?:^|[._-])(?:set[-_])?cookies?$/i
const versionName = /version|release|^dist$|user[-_. ]?agent/i

const sessionNames = new Set([
  'sentrysid', 'sudo', 'su', 'session', '__session', 'sessionid', 'user_session', 'symfony', 'phpsessid', 'fasthttpsessionid', 'mysession',
  'irissessionid', '_vercel_jwt', 'csrf', 'xsrf', '_xsrf', '_csrf', 'csrf-token', 'csrf_token', 'xsrf-token', 'xsrf_token', 'fastcsrf', '_iris_csrf',
])

export type NameRules = {
  /** Lower case, whole names. */
  safe: readonly string[]
  /** Lower case, parts of names. */
  asked: readonly string[]
  defaults: boolean
  kinds: Map<string, NameKind>
}

/** A hostile client can invent names for ever. */
const rememberedNames = 2000
const rememberedLength = 100

export function judgeName(name: string, rules: NameRules): NameKind {
  const known = rules.kinds.get(name)
  if (known !== undefined) return known
  const kind = findKind(name, rules)
  if (name.length <= rememberedLength) {
    if (rules.kinds.size >= rememberedNames) rules.kinds.clear()
    rules.kinds.set(name, kind)
  }
  return kind
}

function findKind(name: string, { safe, asked, defaults }: NameRules): NameKind {
  const lower = name.toLowerCase()
  if (safe.includes(lower)) return 'safe'
  if (asked.some((part) => lower.includes(part))) return 'asked'
  if (defaults && secretName.test(name)) return 'secret'
  if (defaults && sessionNames.has(lower)) return 'session'
  if (defaults && cookieList.test(name)) return 'cookies'
  if (lower === 'client.address') return 'address'
  return versionName.test(name) ? 'version' : 'plain'
}
