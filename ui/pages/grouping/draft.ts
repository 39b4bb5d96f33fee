// The rules as somebody is writing them, per project and for the life of the tab: going to a preview and back loses
// nothing. What is checked, saved and restored is this.

import { createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { RuleProblem, RulesText } from '../../../core/contract/grouping.ts'

export type Language = RuleProblem['language']
export const languages = ['rules', 'frameRules'] as const

const drafts = new Map<string, Draft>()
export type Draft = ReturnType<typeof createDraft>

export function draftOf(project: string): Draft {
  if (!drafts.has(project)) drafts.set(project, createDraft())
  return drafts.get(project)!
}

function createDraft() {
  const [texts, setTexts] = createStore<RulesText>({ rules: '', frameRules: '' })
  const [saved, setSaved] = createSignal<RulesText | null>(null)
  const isDirty = (): boolean => saved() !== null && languages.some((language) => texts[language] !== saved()![language])
  return {
    texts,
    /** False until the newest revision is known. */
    isReady: (): boolean => saved() !== null,
    isDirty,
    write: (language: Language, text: string): void => setTexts(language, text),
    /** The newest revision is this one. What a person has changed stays. */
    follow({ rules, frameRules }: RulesText): void {
      const wasDirty = isDirty()
      setSaved({ rules, frameRules })
      if (!wasDirty) setTexts({ rules, frameRules })
    },
    revert: (): void => void setTexts({ ...saved()! }),
    /** The first rule that matches wins, so a rule made for some events goes to the top. */
    addFirst: (rule: string): void => setTexts('rules', (now) => (now.split('\n').includes(rule) ? now : `${rule}\n${now}`.trimEnd())),
  }
}
