// The command palette (`Mod+K`): one field, and below it whatever the text could mean: an issue, a place, an action of the
// page. The list stays in the flow of the dialog, so it is a plain listbox: Kobalte's combobox wants to float and to keep a value.

import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, onMount, Show } from 'solid-js'
import { keyName } from '../../data/keys.ts'
import { projectsQuery } from '../../data/queries.ts'
import { org, project } from '../../data/session.ts'
import { viewsQuery } from '../../data/savedViews.ts'
import { watchQuery } from '../../data/watchQuery.ts'
import { Dialog } from '../basic/Dialog.tsx'
import { Kbd } from '../basic/Kbd.tsx'
import { LevelGlyph } from '../basic/LevelGlyph.tsx'
import { toVisible } from '../event/visible.ts'
import { closePalette, palette, type PaletteKind } from './palette.ts'
import { type Entry, listActions, listOwn, listPages, listProjects, listRecent, listSearch, listViews, matchEntries } from './paletteEntries.ts'
import { useFound } from './paletteFound.ts'

const shownAtMost = 60

export function Palette() {
  const isProjects = () => palette() === 'projects'
  return (
    <Dialog open={palette() !== null} onClose={closePalette} title={isProjects() ? 'Change the project' : 'Command palette'} titleHidden wide class="palette">
      <Body kind={palette() ?? 'all'} />
    </Dialog>
  )
}

function Body(props: { kind: PaletteKind }) {
  const navigate = useNavigate()
  const [text, setText] = createSignal('')
  const [picked, setPicked] = createSignal(0)
  const projects = watchQuery(() => projectsQuery())
  const all = () => projects().data ?? []
  const views = watchQuery(() => ({ ...viewsQuery(project() ?? ''), enabled: org() !== null && project() !== null && props.kind === 'all' }))
  const own = () => views().data ?? []
  const found = useFound(() => text().trim(), () => all().map(({ slug }) => slug), navigate)
  const entries = createMemo((): Entry[] => {
    const typed = text().trim()
    if (props.kind === 'projects') return matchEntries(listProjects(all(), navigate), typed)
    const known = [...listActions(), ...listRecent(navigate), ...listViews(own(), navigate), ...listPages(navigate), ...listProjects(all(), navigate), ...listOwn()]
    return [...found(), ...matchEntries(known, typed).slice(0, shownAtMost), ...listSearch(typed, navigate)]
  })
  const groups = createMemo(() => [...Map.groupBy(entries().map((entry, at) => ({ entry, at })), ({ entry }) => entry.group)])
  const at = () => Math.min(picked(), entries().length - 1)
  let field: HTMLInputElement | undefined
  let list: HTMLDivElement | undefined

  onMount(() => field?.focus())
  createEffect(() => {
    void entries()
    list?.querySelector(`#palette-${at()}`)?.scrollIntoView({ block: 'nearest' })
  })
  // The focus is where it was before the action runs: it may want to move it.
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    closePalette()
    queueMicrotask(() => entry.run())
  }
  const step = (by: number) => setPicked((at() + by + entries().length) % Math.max(1, entries().length))
  const keys: Record<string, () => unknown> = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => run(entries()[at()]), 'Mod+K': closePalette,
    PageDown: () => setPicked(Math.min(at() + 8, entries().length - 1)), PageUp: () => setPicked(Math.max(at() - 8, 0)),
  }
  const onKey = (event: KeyboardEvent) => {
    const act = event.isComposing ? undefined : keys[keyName(event)]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  return (
    <>
      <input
        ref={(element) => (field = element)} class="palette-field" type="text" role="combobox" autocomplete="off" spellcheck={false} aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
        aria-label={props.kind === 'projects' ? 'Project' : 'Search or go to'} aria-activedescendant={entries().length > 0 ? `palette-${at()}` : undefined}
        placeholder={props.kind === 'projects' ? 'Which project?' : 'An issue id, a page, an action, or words to search for'}
        value={text()} onKeyDown={onKey}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setPicked(0)
        }}
      />
      <div ref={(element) => (list = element)} id="palette-list" class="palette-list" role="listbox" aria-label="Found">
        <For each={groups()}>
          {([group, items], index) => (
            <div role="group" aria-labelledby={`palette-group-${index()}`}>
              <div id={`palette-group-${index()}`} class="menu-head">{group}</div>
              <For each={items}>{({ entry, at: place }) => <Option entry={entry} id={`palette-${place}`} picked={place === at()} onPoint={() => setPicked(place)} onRun={() => run(entry)} />}</For>
            </div>
          )}
        </For>
      </div>
      <Show when={entries().length === 0}><p class="palette-none">Nothing has these words.</p></Show>
    </>
  )
}

function Option(props: { entry: Entry; id: string; picked: boolean; onPoint: () => void; onRun: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keys
    <div id={props.id} class="palette-option" role="option" tabindex="-1" aria-selected={props.picked} onPointerMove={() => !props.picked && props.onPoint()} onClick={() => props.onRun()}>
      <Show when={props.entry.level}>{(level) => <LevelGlyph level={level()} />}</Show>
      <span class="palette-label">{toVisible(props.entry.label, 120)}</span>
      <Show when={props.entry.note}>{(note) => <span class="palette-note">{toVisible(note(), 120)}</span>}</Show>
      <Show when={props.entry.keys}>{(keys) => <Kbd keys={keys()} hidden />}</Show>
    </div>
  )
}
