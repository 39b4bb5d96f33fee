// One wording for what language engines and versions say differently (grouping.md 3.7). Frozen with message.ts.

/** `platform` is the event's; others than JavaScript, Ruby and Elixir keep their words. */
export function unifyWording(text: string, platform: string): string {
  switch (platform) {
    case 'javascript':
    case 'node':
      return unifyJavaScript(text)
    case 'ruby':
      return unifyRuby(text)
    case 'elixir':
      return emptyMaps(text)
    default:
      return text
  }
}

// V8 since 2021, V8 before, SpiderMonkey.
const v8Access = /Cannot (?:read|set) properties of (?:null|undefined) \((?:reading|setting) '([^']{0,200})'\)/
const v8OldAccess = /Cannot (?:read|set) property '([^']{0,200})' of (?:null|undefined)/
const spiderMonkeyAccess = /can't (?:access|set) property "([^"]{0,200})"(?:, .{0,300}? is (?:null|undefined)| of (?:null|undefined))?/
const coreAccess = /(?:null|undefined) is not an object \(evaluating '(.{0,300}?)'\)/

function unifyJavaScript(text: string): string {
  if (text.includes('properties of ')) return text.replace(v8Access, 'null access: $1')
  if (text.includes(' property ')) return text.replace(v8OldAccess, 'null access: $1').replace(spiderMonkeyAccess, 'null access: $1')
  if (text.includes(' is not an object ')) return text.replace(coreAccess, nameAccess)
  if (text.includes("Can't find variable: ")) return text.replace(/Can't find variable: ([\w$]{1,200})/, '$1 is not defined')
  return text.replace(/ is not a function\. \(In [^]*$/, ' is not a function')
}

/** JavaScriptCore quotes the expression: the last property of `a.b.x`, `a.x = 3`, `a.x()` or `a["x"]` is what the others name. */
function nameAccess(whole: string, expression: string): string {
  const target = expression.split(' = ', 1)[0]!
  const open = target.indexOf('(')
  const property = /[.[]["']?([\w$]{1,200})["']?\]?$/.exec(open > 0 ? target.slice(0, open) : target)
  return property ? `null access: ${property[1]}` : whole
}

function unifyRuby(text: string): string {
  return text
    .replaceAll(/`([^`'\n]{0,200})'/g, "'$1'")
    .replaceAll('nil:NilClass', 'nil')
    .replaceAll(/#<([A-Za-z_][\w:]{0,100}?):0x[0-9a-f]{1,16}[^<>]{0,500}>/g, '#<$1>')
}

/** `%{…}` and `%Mod{…}` become `%{}`, whatever they nest; one that is cut off ends with the text. */
function emptyMaps(text: string): string {
  const start = /%[A-Z]?[\w.]{0,100}\{/g
  let result = ''
  let from = 0
  for (let found = start.exec(text); found; found = start.exec(text)) {
    let depth = 1
    let end = start.lastIndex
    for (; end < text.length && depth > 0; end++) depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0
    result += `${text.slice(from, found.index)}%{}`
    from = end
    start.lastIndex = end
  }
  return result + text.slice(from)
}
