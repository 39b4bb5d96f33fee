// The sections of the event, on top of the page once its header has been scrolled away: where one is, and the way to the
// others. Takes no room of its own, so nothing moves when it comes.

import './strip.css'
import { For, Show, createEffect, createSignal, on, onCleanup, onMount } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { typeOf } from '../../parts/basic/headline.ts'
import { toVisible } from '../../parts/event/visible.ts'

type Place = { id: string; title: string }

/** How far below the top a section begins to be the one that is read. */
const edge = 64

/** `shown` names the event: with another one the sections are other ones. */
export function SectionStrip(props: { issue: Issue; shown: string | undefined }) {
  let anchor: HTMLDivElement | undefined
  const [isPast, setPast] = createSignal(false)
  const [places, setPlaces] = createSignal<Place[]>([])
  const [current, setCurrent] = createSignal('')
  const sections = () => [...document.querySelectorAll<HTMLElement>('.event-region [data-section]')]

  onMount(() => {
    const main = anchor?.closest('main')
    const header = main?.querySelector('.issue-header')
    if (!main || !header) return
    let frame = 0
    const look = (): void => {
      frame = 0
      const top = main.getBoundingClientRect().top + edge
      setCurrent(sections().findLast((section) => section.getBoundingClientRect().top <= top)?.id ?? '')
    }
    const scroll = (): void => {
      if (isPast() && frame === 0) frame = requestAnimationFrame(look)
    }
    const seen = new IntersectionObserver(([entry]) => {
      setPast(entry !== undefined && !entry.isIntersecting)
      scroll()
    }, { root: main })
    seen.observe(header)
    main.addEventListener('scroll', scroll, { passive: true })
    onCleanup(() => {
      seen.disconnect()
      cancelAnimationFrame(frame)
      main.removeEventListener('scroll', scroll)
    })
  })
  createEffect(on(() => [isPast(), props.shown] as const, ([past]) => {
    if (past) setPlaces(sections().map((section) => ({ id: section.id, title: section.querySelector('h2')?.textContent ?? section.id })))
  }))
  const go = (event: MouseEvent, id: string) => {
    event.preventDefault()
    const section = document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)
    const heading = section?.querySelector('h2')
    section?.scrollIntoView()
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
  }
  return (
    <div class="section-strip" ref={(element) => (anchor = element)} data-shown={isPast() && places().length > 0}>
      <Show when={isPast() && places().length > 0}>
        <nav aria-label="Sections of the event">
          <b class="strip-title">{toVisible(typeOf(props.issue), 60)}</b>
          <For each={places()}>{(place) => <a href={`#${place.id}`} aria-current={current() === place.id ? 'true' : undefined} onClick={(event) => go(event, place.id)}>{place.title}</a>}</For>
        </nav>
      </Show>
    </div>
  )
}
