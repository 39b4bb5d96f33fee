// Where minified code declares the function that a stack frame names: the map knows the original name there, while at the position
// of the frame itself it names whatever stands there. Looks at text, not at syntax: a wrong guess is a name that the map does not know.

/** How far before the frame is looked, in UTF-16 units: mostly, the first is enough. */
const reaches = [5_000, 50_000, 500_000]

/** Offset of the name in the nearest declaration before `offset`; -1 for none. `name` as an engine gives it: `new t`, `Object.t`, `async t`. */
export function findDeclaration(code: string, offset: number, name: string): number {
  const plain = /([\w$]+)(?: \[as [^\]]*\])?$/.exec(name)?.[1]
  if (plain === undefined) return -1
  const named = plain.replaceAll('$', String.raw`\$`)
  const forms = [
    new RegExp(String.raw`(?<=(?:function\*? |function\*|class ))${named}(?=[({ ])`, 'g'),
    // let t=function( … t:(e)=> … t=async e=>
    new RegExp(String.raw`(?<![\w$.])${named}(?=\s?[=:]\s?(?:async\b ?)?(?:function\b|class\b|\([^()]{0,200}\)\s?=>|[\w$]+\s?=>))`, 'g'),
    // A method: t(e){
    new RegExp(String.raw`(?<![\w$.] ?)${named}(?=\([^()]{0,200}\)\s?\{)`, 'g'),
  ]
  for (const reach of reaches) {
    const from = Math.max(offset - reach, 0)
    const before = code.slice(from, offset)
    const last = Math.max(...forms.map((form) => [...before.matchAll(form)].at(-1)?.index ?? -1))
    if (last !== -1) return from + last
    if (from === 0) break
  }
  return -1
}
