// Functions of native code: C, C++, Rust, Swift, Objective-C (grouping.md 3.5). Demanglers and compilers spell one function
// in many ways; its parameters, template arguments and return type are left out.

import { remember } from '../memo.ts'

const suffixes = /::h[0-9a-f]{16}$| \[clone [^\]]{0,200}\]|@@?GLIBC_[\d.]{1,20}/g
const anonymousNamespace = /\(anonymous namespace\)|`anonymous[ -]namespace'|\{anonymous\}/g
const protectedOperator = /(?<!\w)operator(?:<=>|<<=?|<=?|->\*?|>>=?|>=?|\(\))/y
// Demanglers put a blank there, which ends no return type.
const templateOfOperator = /(operator(?:[<>=-]{1,3}|\(\))) <>/

/** Objective-C stays as it is. */
export const cleanNativeFunction: (name: string) => string = remember((name) => {
  if (name.includes('-[') || name.includes('+[')) return name
  const text = dropQualifiers(removeBrackets(name.replaceAll(suffixes, '').replaceAll(anonymousNamespace, '{anonymous}'))).replace(templateOfOperator, '$1<>')
  if (text.includes(' -> ')) return text
  let space = text.lastIndexOf(' ')
  // `operator new`, `operator bool`
  if (space !== -1 && text.endsWith('operator', space)) space = text.lastIndexOf(' ', space - 1)
  return text.slice(space + 1)
})

const qualifiers = [' const', ' &', ' &&']

/** Without what stands behind the parameters. */
function dropQualifiers(text: string): string {
  let plain = text.trim()
  for (let end = findEnd(plain); end; end = findEnd(plain)) plain = plain.slice(0, -end.length).trimEnd()
  return plain
}

function findEnd(text: string): string | undefined {
  return qualifiers.find((qualifier) => text.endsWith(qualifier))
}

/** Balanced `(…)` go, balanced `<…>` become `<>`; those that belong to an operator's name stay. Linear. */
function removeBrackets(name: string): string {
  if (!name.includes('(') && !name.includes('<')) return name
  const closing = pairBrackets(name)
  let text = ''
  let from = 0
  for (let index = 0; index < name.length; index++) {
    const end = closing.get(index)
    if (end === undefined) continue
    text += name.slice(from, index) + (name[index] === '<' ? '<>' : '')
    index = end
    from = end + 1
  }
  return text + name.slice(from)
}

/** Where the bracket that opens at an index is closed. */
function pairBrackets(name: string): Map<number, number> {
  const closing = new Map<number, number>()
  const open: number[] = []
  for (let index = 0; index < name.length; index++) {
    const character = name[index]!
    if (character === 'o') {
      protectedOperator.lastIndex = index
      const found = protectedOperator.exec(name)
      if (found) {
        index += found[0].length - 1
        continue
      }
    }
    if (character === '(' || character === '<') open.push(index)
    else if (character === ')') {
      while (open.length > 0 && name[open.at(-1)!] === '<') open.pop()
      const start = open.pop()
      if (start !== undefined) closing.set(start, index)
    } else if (character === '>' && name[index - 1] !== '-' && open.length > 0 && name[open.at(-1)!] === '<') closing.set(open.pop()!, index)
  }
  return closing
}

const threadBase =
  /^(?:_?start|clone|start_thread|__libc_start_main|thread_start|_pthread_start|_pthread_body|_?start_wqthread|_pthread_wqthread|BaseThreadInitThunk|RtlUserThreadStart|UIApplicationMain|std::rt::lang_start.*|wWinMain|invoke_main|__scrt_common_main_seh)$/
const raising =
  /^(?:abort|raise|(?:__)?pthread_kill|__abort|abort_message|std::terminate|__cxa_throw|_CxxThrowException|RaiseException|objc_exception_throw|__exceptionPreprocess|rust_begin_unwind|(?:core|std)::panicking::.*|__rust_.*|RtlpExecuteHandlerForException|_sigtramp|__kernel_rt_sigreturn)$/
const runtime = /^(?:std::|boost::|__gnu_cxx::|core::|alloc::|__rust_|operator (?:new|delete)(?!\w))/
const thunk = /(?<!\w)thunk(?!\w)/i

export type NativeRole = 'base' | 'raising' | 'runtime' | 'own'

/** What part a function plays in a stack, by its name as sent and as cleaned. */
export function judgeNativeFunction(name: string, clean: string): NativeRole {
  if (threadBase.test(clean)) return 'base'
  if (raising.test(clean)) return 'raising'
  return runtime.test(clean) || thunk.test(name) ? 'runtime' : 'own'
}
