// The default rules for texts (protocol 6.1, 6.3): words that hide a whole text, and shapes that are cut out of it. Every pattern here
// takes linear time on any text: no quantifier is followed by what it could itself have matched, and runs start only at their beginning.

import { secretName } from './names.ts'
import { filtered, note, type Run } from './run.ts'

const word = /password|secret|passwd|api[-_]?key|auth|credentials|mysql_pwd|private[-_]?key|^otp$|^two[-_]factor$/i
const tokenRun = /token\S*/gi

/** True if the text names a secret, which then is most likely in it. */
export function namesSecret(text: string): boolean {
  if (!secretName.test(text)) return false
  if (word.test(text)) return true
  // `token[^\s]*[:=]` as one pattern is quadratic on `tokentokentoken…`: here each run is looked at once.
  for (const [run] of text.matchAll(tokenRun)) if (/[:=]/.test(run)) return true
  return false
}

const card = '(?:3[47]\\d|4\\d{3}|5[1-5]\\d\\d|65\\d\\d|6011)(?:[-\\s]?\\d){12}\\b'
const socialSecurity = '\\d{3}-\\d{2}-\\d{4}\\b'
const countries =
  'AT|AD|AE|AL|AZ|BA|BE|BG|BH|BR|BY|CH|CR|CY|CZ|DE|DK|DO|EE|EG|ES|FI|FO|FR|GB|GE|GI|GL|GR|GT|HR|HU|IE|IL|IQ|IS|IT|JO|KW|KZ|LB|LC|LI|LT|LU|LV|LY|' +
  'MC|MD|ME|MK|MR|MT|MU|NL|NO|PK|PL|PS|PT|QA|RO|RU|RS|SA|SC|SE|SI|SK|SM|ST|SV|TL|TN|TR|UA|VA|VG|XK|DZ|AO|BJ|BF|BI|CV|CM|CF|TD|KM|CG|CI|DJ|GQ|GA|GW|HN|IR|MG|ML|MA|MZ|NI|NE|SN|TG'
const account = `(?:${countries})\\d{2}[a-zA-Z0-9]{11,29}\\b`
const bearer = '[Bb][Ee][Aa][Rr][Ee][Rr]\\s+\\S+'
const shapes = new RegExp(`\\b(?:${card}|${socialSecurity}|${account}|${bearer})`, 'g')
const mayHoldShape = /\d{3}|\d[a-zA-Z]|bearer\s/i

const userInfo = "[a-zA-Z0-9%_.~!$&'()*+,;=-]"
const urlPassword = new RegExp(`(//${userInfo}*:)${userInfo}+(?=@)`, 'g')

/** Cards, social security and bank account numbers, bearer tokens, key bodies and passwords in URLs become `[Filtered]`. */
export function cutSecrets(text: string, run: Run): string {
  let rest = text
  if (mayHoldShape.test(rest)) {
    rest = rest.replace(shapes, (match) => {
      note(run, /^b/i.test(match) && /\s/.test(match) ? 'bearer' : /^[A-Z]/.test(match) ? 'iban' : match.charAt(3) === '-' ? 'ssn' : 'card')
      return filtered
    })
  }
  if (rest.includes('-----BEGIN')) rest = cutKeys(rest, run)
  if (rest.includes('//') && rest.includes('@')) {
    rest = rest.replace(urlPassword, (_, before: string) => {
      note(run, 'url')
      return before + filtered
    })
  }
  return rest
}

const keyBegin = /-----BEGIN[A-Z ]{1,30}(?:PRIVATE|PUBLIC) KEY-----[\t ]?(?:\r?\n|\\n)?/g
const keyEnd = /(?:\r?\n|\\n)?-----END[A-Z ]{1,30}KEY-----/g

// A key whose end was cut off is hidden to the end of the text.
function cutKeys(text: string, run: Run): string {
  let rest = ''
  let from = 0
  for (;;) {
    keyBegin.lastIndex = from
    if (!keyBegin.test(text)) return rest + text.slice(from)
    const body = keyBegin.lastIndex
    keyEnd.lastIndex = body
    const end = keyEnd.exec(text)?.index ?? text.length
    if (text.slice(body, end) !== filtered) note(run, 'pem')
    rest += text.slice(from, body) + filtered
    from = end
    if (end === text.length) return rest
  }
}

const local = "[\\w.!#$%&*+^{|}~-]"
const mail = new RegExp(`(?<!${local})${local}+@[a-z0-9][a-z0-9.-]*\\.[a-z]{2,}\\b`, 'gi')

/** E-mail addresses become `[email]`; `name@1.2.3` is a package. */
export function cutMail(text: string, run: Run): string {
  if (!text.includes('@')) return text
  return text.replace(mail, () => {
    note(run, 'email')
    return '[email]'
  })
}
