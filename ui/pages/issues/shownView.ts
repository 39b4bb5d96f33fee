// Which view is shown, whether it was changed, and the ways on from it. The address says all of it: the list itself always,
// so that who has not this view sees the same rows; `view` only which tab it belongs to.

import { useLocation, useNavigate } from '@solidjs/router'
import { type Accessor, createMemo } from 'solid-js'
import type { NewView, View } from '../../../core/contract/view.ts'
import { org } from '../../data/session.ts'
import { watchQuery } from '../../data/watchQuery.ts'
import { keepGeneration } from '../../parts/basic/browse.ts'
import { type Look, isSameLook, setUsualLook, usualLook } from './look.ts'
import { viewsQuery } from '../../data/savedViews.ts'
import { atFirst, builtInViews, isSameList, type ListState, readListState, readShown, type Shown, stateOf, writeListState } from '../../data/views.ts'

/** `own` null = one that everybody has. */
export type ListView = { key: string; name: string; state: ListState; own: View | null }
export type ShownView = ReturnType<typeof useShownView>

const everybodys: readonly ListView[] = builtInViews.map(({ key, name, query }) => ({ key, name, state: { ...atFirst, query }, own: null }))

export function useShownView(project: Accessor<string>, generation: Accessor<string | null>) {
  const location = useLocation()
  const navigate = useNavigate()
  const saved = watchQuery(() => ({ ...viewsQuery(project()), enabled: org() !== null }))
  const own = createMemo((): ListView[] => (saved().data ?? []).map((view) => ({ key: view.id, name: view.name, state: stateOf(view), own: view })))

  // The same list stays the same object: whatever follows it need not look again when only the columns change.
  const state = createMemo<ListState>(() => readListState(location.search), readListState(location.search), { equals: isSameList })
  const shown = createMemo(() => readShown(location.search))
  /** Null until one's own views are known and the address names one. */
  const active = createMemo((): ListView | null => {
    const { view } = shown()
    const mine = own().find(({ key }) => key === view)
    if (mine) return mine
    if (saved().isPending && /^\d+$/.test(view ?? '')) return null
    return everybodys.find((one) => one.state.query === state().query) ?? everybodys.find(({ key }) => key === view) ?? everybodys[0]!
  })
  /** A view that is saved has its columns; everybody's have those that the person likes. */
  const lookOf = (view: ListView | null): Look => ({ columns: view?.own?.refold.columns ?? usualLook().columns, density: view?.own?.refold.density ?? usualLook().density })
  const look = createMemo((): Look => ({ columns: shown().columns ?? lookOf(active()).columns, density: shown().density ?? lookOf(active()).density }))

  const hrefTo = (next: ListState, at: Shown): string => keepGeneration(`/p/${project()}/issues${writeListState(next, at)}`, generation())
  /** The columns as the address has them now. */
  const columnsNow = (): Omit<Shown, 'view'> => ({ columns: shown().columns, density: shown().density })
  /** Everybody's tabs keep what the person looks at: environment, time, order and columns. Own ones are what was saved. */
  const stateBehind = (view: ListView): ListState => (view.own === null && active()?.own === null ? { ...state(), query: view.state.query } : view.state)
  const hrefOf = (view: ListView): string =>
    hrefTo(stateBehind(view), view.own ? { view: view.key, ...view.own.refold } : active()?.own === null ? { view: null, ...columnsNow() } : { view: null, columns: null, density: null })
  /** Everybody's views are told by their query, if nothing was changed. */
  const nameFor = (next: ListState): string | null => {
    const view = active()
    if (view === null || view.own) return shown().view
    return view.key === everybodys[0]!.key || everybodys.some((one) => one.state.query === next.query) ? null : view.key
  }

  return {
    project, generation, state, look, active, own, hrefOf, stateBehind,
    isKnown: () => !saved().isPending,
    views: () => [...everybodys, ...own()],
    isChanged: () => {
      const view = active()
      return view !== null && (!isSameList(state(), view.state) || (view.own !== null && !isSameLook(look(), lookOf(view))))
    },
    /** As the view was before it was changed. */
    resetHref: (view: ListView) => hrefTo(view.state, view.own ? { view: view.key, ...view.own.refold } : { view: null, ...columnsNow() }),
    change: (next: ListState) => navigate(hrefTo(next, { view: nameFor(next), ...columnsNow() }), { replace: true, scroll: false }),
    setLook: (next: Look) => {
      if (active()?.own === null) setUsualLook(next)
      navigate(hrefTo(state(), { view: nameFor(state()), ...next }), { replace: true, scroll: false })
    },
    /** What the server is to keep of what is shown. */
    toSave: (): Omit<NewView, 'name' | 'projects'> => {
      const { query, sort, environment, statsPeriod, start, end } = state()
      return { query, querySort: sort, environments: [...environment], timeFilters: { period: statsPeriod, start, end }, refold: { columns: [...look().columns], density: look().density } }
    },
    open: (view: View) => navigate(hrefTo(stateOf(view), { view: view.id, ...view.refold }), { scroll: false }),
    leave: () => navigate(hrefTo(atFirst, { view: null, columns: null, density: null }), { replace: true }),
  }
}
