// `refold completion` prints a script for the shell; whenever Tab is pressed it asks `refold __complete` what may stand there, so what is
// offered is always what this version knows.

import { takeOne, UsageError } from './arguments.ts'
import { listCandidates } from './candidates.ts'
import { commands } from './commands.ts'
import type { Input } from './command.ts'

// `\${COMP_WORDS[0]}` is the command as it was typed, by whatever path.
const scripts: Readonly<Record<string, string>> = {
  bash: `# In ~/.bashrc: source <(refold completion bash)
_refold() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _refold refold`,
  zsh: `# In ~/.zshrc, after compinit: source <(refold completion zsh)
_refold() {
  local -a candidates
  candidates=("\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${candidates[1]}" ]]; then compadd -- "\${candidates[@]}"; else _files; fi
}
compdef _refold refold`,
  fish: `# refold completion fish > ~/.config/fish/completions/refold.fish
function __refold_candidates
  set -l words (commandline -opc) (commandline -ct)
  $words[1] __complete $words[2..] 2>/dev/null
end
complete --command refold --no-files --arguments '(__refold_candidates)'`,
}

export async function printCompletion({ positionals }: Input): Promise<void> {
  const shell = takeOne(positionals, 'the name of the shell: bash, zsh or fish')
  const script = scripts[shell]
  if (script === undefined) throw new UsageError(`There is no completion for "${shell}", only for ${Object.keys(scripts).join(', ')}.`)
  console.log(script)
}

/** `words`: what stands after `refold`, to the cursor; the last one is being typed. Fails in silence: nobody reads errors while typing. */
export async function printCandidates(words: readonly string[]): Promise<void> {
  const candidates = listCandidates(commands, words)
  const found = candidates === 'projects' ? await listSlugs(words.at(-1) ?? '') : candidates
  if (found.length > 0) console.log(found.join('\n'))
}

const patienceMs = 1_500

async function listSlugs(begin: string): Promise<string[]> {
  if (!process.env.REFOLD_TOKEN) return []
  const { connect } = await import('./connection.ts')
  const asked = connect({ url: undefined, token: undefined }).then((client) => client.projects()).then(({ data }) => data.map(({ slug }) => slug), () => [])
  const late = new Promise<string[]>((resolve) => setTimeout(resolve, patienceMs, []).unref())
  return (await Promise.race([asked, late])).filter((slug) => slug.startsWith(begin))
}
