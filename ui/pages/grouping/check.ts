// What is wrong with the rules, known at each key press from the same code as the server's, and what they hit among the
// newest events, which only the server knows.

import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type { Checked, RuleProblem } from '../../../core/contract/grouping.ts'
import { compileFrameRules, compileRules } from '../../../core/grouping/rules/compile.ts'
import { request } from '../../data/api.ts'
import { sayFailure } from '../../data/failure.ts'
import { projectPath } from '../../data/session.ts'
import type { Draft, Language } from './draft.ts'

const waitMs = 500

export type Hit = Checked['hits'][number]

export function useCheck(project: () => string, draft: () => Draft) {
  const [checked, setChecked] = createSignal<Checked | null>(null)
  const [failure, setFailure] = createSignal<string | null>(null)
  const [asking, setAsking] = createSignal(false)
  const problems = createMemo((): RuleProblem[] => [...problemsOf('rules', compileRules(draft().texts.rules)), ...problemsOf('frameRules', compileFrameRules(draft().texts.frameRules))])

  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay: AbortController | undefined
  const stop = (): void => {
    clearTimeout(timer)
    underWay?.abort()
    setAsking(false)
  }
  const ask = async (path: string, body: object): Promise<void> => {
    const { signal } = (underWay = new AbortController())
    try {
      const answer = await request<Checked>('POST', path, { body, signal })
      if (signal.aborted) return
      setChecked(answer.body)
      setFailure(null)
      setAsking(false)
    } catch (error) {
      if (signal.aborted) return
      setAsking(false)
      setFailure(sayFailure(error))
    }
  }
  createEffect(on(() => [project(), draft().isReady(), draft().texts.rules, draft().texts.frameRules, problems().length] as const, ([slug, ready, rules, frameRules, bad]) => {
    stop()
    if (!ready || bad > 0 || `${rules}${frameRules}`.trim() === '') return
    setAsking(true)
    timer = setTimeout(() => void ask(projectPath(slug, 'grouping/check/'), { rules, frameRules }), waitMs)
  }))
  onCleanup(stop)

  /** Of lines as they stand now; none while the text is being changed. */
  const hits = (language: Language): Hit[] => (problems().length > 0 || asking() ? [] : (checked()?.hits.filter((hit) => hit.language === language) ?? []))
  return { problems, hits, failure, looked: (): number | null => (asking() ? null : (checked()?.looked ?? null)) }
}

function problemsOf(language: Language, compiled: ReturnType<typeof compileRules | typeof compileFrameRules>): RuleProblem[] {
  return 'errors' in compiled ? compiled.errors.map((error) => ({ language, ...error })) : []
}
