// Ids, numbers, times and addresses in a message, all replaced by one placeholder (grouping.md 3.7): an id that happens to
// be all digits must not change class. One alternation: the leftmost match counts, at one place the first class listed.
// Every part is bounded or ends at a character it cannot contain, so that no text costs more than linear time.
// Frozen with message.ts.

const days = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}'
const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}'
const zone = String.raw`(?:Z|UTC|GMT(?:[+-]\d{1,2}:?\d\d)?|[A-Z]{3,4}(?![\w])|[+-]\d\d:?\d\d)`
const clock = String.raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?`
const topLevel =
  'com|org|net|edu|gov|io|dev|co|ai|cloud|tech|xyz|biz|tv|eu|uk|de|fr|nl|at|ch|se|pl|ru|cn|jp|br|au|ca|us|internal|local|lan|corp|localdomain'
const unit = String.raw`(?:ms|[uµμn]s|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|[kKMGT]i?B|[Bb]ytes?|B)(?!\w)`

// Numbers that are categories.
const kept = [
  String.raw`(?i:(?<!\w)(?:HTTP(?:/\d(?:\.\d)?)?|status(?: code)?|errno|exit(?: code| status)?|exited with|signal)[ :=#("']{1,3}\d{1,3}(?!\w|\.\d))`,
  String.raw`(?i:(?<!\w)\d(?:\d\d|xx) (?:Client|Server) Error)`,
  String.raw`(?i:SQLSTATE\[\w{5}\](?: \[\d{1,6}\])?(?::[ a-z]{1,80}: \d{1,6}(?!\w))?)`,
  String.raw`(?i:(?<!\w)ORA-\d{5}(?!\w))`,
  String.raw`(?i:React error #\d{1,4}(?!\w))`,
]

const email = String.raw`(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}`

// The `=` of an assignment stays.
const replaced = [
  String.raw`(?<==)(?:"[^"]{0,500}"|'[^']{0,500}'|(?i:true|false)(?!\w))`,
  // URLs
  String.raw`(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s"'${'`'}<>)}]+`,
  // temporary directories
  String.raw`(?<![\w.-])(?:/private)?/(?:tmp|var/tmp|var/folders|dev/shm)/[^\s"'${'`'}<>)}:,;]+`,
  String.raw`(?<!\w)[A-Za-z]:\\(?:[^"'<>:\\\n]{1,60}\\){0,8}[Tt][Ee]?[Mm][Pp]\\[^\s"'<>:]+`,
  // dates and clocks
  String.raw`(?<![\w.])\d{4}-\d\d-\d\d(?:[T ]${clock}(?: ?${zone})?)?(?!\d)`,
  String.raw`(?<!\w)${days},? {1,2}(?:\d{1,2}[ -]${months}[ -]\d{2,4}|${months} {1,2}\d{1,2}(?: \d{4})?)(?: ${clock})?(?: \d{4})?(?: ${zone})?(?!\d)`,
  String.raw`(?<![\w:.])\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?(?: ?[AaPp][Mm])?| ?[AaPp][Mm])(?![\w:])`,
  // UUID
  String.raw`(?<![A-Za-z0-9])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![A-Za-z0-9])`,
  // MAC and IPv6 addresses, IPv4
  String.raw`(?<![\w:.])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:])`,
  String.raw`(?<![\w:.])(?=\[?[0-9A-Fa-f:.]{0,40}\d)\[?(?:[0-9A-Fa-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4})(?:%\w{1,16})?(?:\](?::\d{1,5})?)?(?![\w:])`,
  String.raw`(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?!\.?\d)`,
  // host names
  String.raw`(?<![\w.-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}(?:${topLevel})(?::\d{1,5})?(?!\.?\w|-)`,
  // JWT
  String.raw`(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?`,
  // Kubernetes pods: a random tail has a digit or no vowel, unlike words of the same length
  String.raw`(?<=[a-z0-9]-)(?=[a-z]{0,9}\d|[b-df-hj-np-tv-xz]{8})[a-z0-9]{8,10}-[a-z0-9]{5}(?![\w-])`,
  // path segments
  String.raw`(?<=/)(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[\w-]{4,100}(?!\.?[\w-])`,
  // git's short hashes, hexadecimal numbers, random tokens
  String.raw`(?<!\w)(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7}(?!\w)`,
  String.raw`(?<!\w)0[xX][0-9A-Fa-f]+`,
  String.raw`(?<![A-Za-z0-9])(?=[A-Fa-f]*\d)[0-9A-Fa-f]{8,}(?![A-Za-z0-9])`,
  String.raw`(?<!\w)(?=(?:[A-Za-z_]*\d){3})(?=[\d_]*[A-Za-z])\w{16,}`,
  // numbers
  String.raw`(?:(?<![\w.)\]])[+-])?(?<![\w.])(?:\d{1,3}(?:[,_']\d{3}){1,8}(?!\d)|\d+)(?:\.\d+)*(?:[eE][+-]?\d{1,4}(?!\w))?(?: ?${unit}|%)?`,
  String.raw`\d{4,}`,
]

const plain = new RegExp(`(${kept.join('|')})|${replaced.join('|')}`, 'g')
const withEmail = new RegExp(`(${kept.join('|')})|${[email, ...replaced].join('|')}`, 'g')

// Without one of these there is nothing to find: most messages of most programs.
const mayHaveParameters = /[\d@=]|:\/\/|eyJ|\w\.\w|\/(?:tmp|folders|shm)\/|\\te?mp\\|\w\w:\w\w:\w\w|-[a-z]{8,10}-[a-z]{5}/i

export function replaceParameters(text: string): string {
  if (!mayHaveParameters.test(text)) return text
  const pattern = text.includes('@') ? withEmail : plain
  const replacedText = text.replace(pattern, (_, category: string | undefined) => category ?? '<v>')
  return replacedText.replace(/<v>(?:(?:, ?| )<v>)+/g, '<v>')
}
