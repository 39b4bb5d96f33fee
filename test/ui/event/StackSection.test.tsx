import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library'
import { afterEach, describe, expect, test } from 'vitest'
import type { Event } from '../../../core/contract/event.ts'
import { handleKey } from '../../../ui/data/keys.ts'
import { Breadcrumbs } from '../../../ui/parts/event/Breadcrumbs.tsx'
import { RequestPart } from '../../../ui/parts/event/RequestPart.tsx'
import { StackSection } from '../../../ui/parts/event/StackSection.tsx'
import { Pairs } from '../../../ui/parts/event/ValueTree.tsx'
import { aFrame, anEvent, anException } from './fixture.ts'

afterEach(cleanup)

const source = (line: number): [number, string][] => [[line - 1, 'before'], [line, 'raise ValueError'], [line + 1, 'after']]
const app = (line: number) => aFrame({ filename: 'app.py', function: 'handle', lineNo: line, inApp: true, context: source(line), vars: { cart: { id: 7 } } })
const lib = (line: number) => aFrame({ filename: 'lib.py', function: null, lineNo: line })
const show = (entries: Event['entries']) => render(() => <StackSection event={anEvent({ entries })} />).container
const frames = (container: HTMLElement) => [...container.querySelectorAll('[data-frame]')]

describe('the stack trace of an event', () => {
  const trace = [lib(1), lib(2), lib(3), app(4), app(5)]
  const entries: Event['entries'] = [{ type: 'exception', data: { values: [anException('ValueError', null, trace)] } }]

  test('opens the first in-app frame, marks its failing line, and counts the library frames', () => {
    const container = show(entries)
    expect(frames(container).map((frame) => [frame.getAttribute('data-in-app'), frame.querySelector('button')?.getAttribute('aria-expanded')])).toEqual([['true', 'true'], ['true', 'false'], ['false', 'false']])
    expect(container.querySelector('li[aria-current=true]')?.textContent).toBe('5raise ValueError')
    expect(screen.getByRole('button', { name: '2 library frames' })).toBeTruthy()
  })
  test('shows every frame of the payload with t, and the short form again', () => {
    const container = show(entries)
    handleKey(new KeyboardEvent('keydown', { key: 't' }))
    expect(frames(container)).toHaveLength(trace.length)
    handleKey(new KeyboardEvent('keydown', { key: 't' }))
    expect(frames(container)).toHaveLength(3)
  })
  test('unfolds library frames in place and puts the focus on the first', () => {
    const container = show(entries)
    fireEvent.click(screen.getByRole('button', { name: '2 library frames' }))
    expect(frames(container)).toHaveLength(5)
    expect(document.activeElement?.textContent).toContain('lib.py:2 in <anonymous>')
  })
  test('says why there is no source', () => {
    show([{ type: 'exception', data: { values: [anException('E', null, [{ ...app(1), context: [], errors: ['No source map for debug id 1.'] }])] } }])
    expect(screen.getByText('No source map for debug id 1.')).toBeTruthy()
  })
  test('is turned round, which every later trace keeps', () => {
    const order = (container: HTMLElement) => frames(container).map((frame) => /:(\d+)/.exec(frame.textContent)?.[1])
    const container = show(entries)
    expect(order(container)).toEqual(['5', '4', '3'])
    fireEvent.click(screen.getByRole('button', { name: 'Oldest first' }))
    expect(order(container)).toEqual(['3', '4', '5'])
    expect(frames(container)[2]?.querySelector('button')?.getAttribute('aria-expanded')).toBe('true')
    fireEvent.click(screen.getByRole('button', { name: '2 library frames' }))
    expect(document.activeElement?.textContent).toContain('lib.py:1')
    cleanup()
    expect(order(show(entries))).toEqual(['3', '4', '5'])
    fireEvent.click(screen.getByRole('button', { name: 'Newest first' }))
    expect(localStorage.length).toBe(0)
  })
  test('shows what was sent beside what a source map made of it', () => {
    const minified = { frames: [aFrame({ filename: '/app.min.js', function: 't', lineNo: 1, colNo: 4821, inApp: true })], framesOmitted: null }
    const container = render(() => <StackSection event={anEvent({ platform: 'javascript', entries: [{ type: 'exception', data: { values: [{ ...anException('E', null, [app(5)]), rawStacktrace: minified }] } }] })} />).container
    const places = () => [...container.querySelectorAll('.frame-place')].map((place) => place.textContent.trim())
    expect(places()).toEqual(['app.py:5 in handle'])
    fireEvent.click(screen.getByRole('button', { name: 'Minified' }))
    expect(places()).toEqual(['/app.min.js:1:4821 in t'])
    fireEvent.click(screen.getByRole('button', { name: 'Raw' }))
    expect(container.querySelector('pre')?.textContent).toContain('at t (/app.min.js:1:4821)')
  })
  test('of native code names binary, address and the distance from the symbol', () => {
    const frame = aFrame({ filename: 'cart.swift', lineNo: 9, function: 'pay', package: '/x/Shop.app/Shop', instructionAddr: '0x104004a1c', symbolAddr: '0x104004a00', inApp: true })
    const container = show([{ type: 'exception', data: { values: [anException('E', null, [frame])] } }])
    expect(container.querySelector('.frame-head')?.textContent).toContain('cart.swift:9 in payShop')
    expect([...container.querySelectorAll('.frame-facts .pair')].map((pair) => [...pair.querySelectorAll('dt, .value')].map((part) => part.textContent))).toEqual([['package', '/x/Shop.app/Shop'], ['address', '0x104004a1c'], ['symbol', '0x104004a00 + 28']])
  })
  test('lets a person choose another thread', () => {
    const thread = (name: string, line: number, crashed: boolean) => ({ id: name, name, crashed, current: crashed, main: false, state: null, stacktrace: { frames: [app(line)], framesOmitted: null } })
    const container = show([{ type: 'threads', data: { values: [thread('main', 1, true), thread('worker', 9, false)] } }])
    expect(container.textContent).toContain('app.py:1')
    const select = screen.getByRole('combobox', { name: 'Thread' }) as HTMLSelectElement
    select.selectedIndex = 1
    fireEvent.change(select)
    expect(container.textContent).toContain('app.py:9')
  })
})

describe('what an attacker sends', () => {
  let deep: unknown = 'end'
  for (let level = 0; level < 200; level += 1) deep = { d: deep }
  const evil = '<img src=x onerror=alert(1)>\u202e\u0000'

  test('is text: no element, no script address, hidden characters named', () => {
    const request = { url: 'javascript:alert(1)', method: evil, query: [], fragment: null, headers: [['X', evil]] as [string, string][], cookies: [], env: {}, data: deep, inferredContentType: null }
    const { container } = render(() => <RequestPart event={anEvent({ entries: [{ type: 'request', data: request }] })} />)
    expect(container.querySelectorAll('img, script, a')).toHaveLength(0)
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>⟨U+202E⟩⟨U+0000⟩')
  })
  test('is built only as deep as a person opens it', () => {
    const { container } = render(() => <Pairs entries={[['deep', deep]]} />)
    expect(container.querySelectorAll('details')).toHaveLength(1)
    const details = container.querySelector('details')!
    details.open = true
    fireEvent(details, new window.Event('toggle'))
    expect(container.querySelectorAll('details')).toHaveLength(2)
  })
})

describe('breadcrumbs', () => {
  const crumb = (timestamp: string | null, message: string) => ({ timestamp, type: 'default', category: 'log', level: 'info', message, data: null })
  const many = Array.from({ length: 40 }, (_, index) => crumb(index === 39 ? null : '2026-03-04T10:00:00.000Z', `crumb ${index}`))

  test('are the last 30, the error last, and "–" for a missing time', () => {
    const event = anEvent({ dateCreated: '2026-03-04T10:00:02.000Z', entries: [{ type: 'breadcrumbs', data: { values: many } }] })
    const { container } = render(() => <Breadcrumbs event={event} />)
    const rows = within(container).getAllByRole('listitem')
    expect(rows).toHaveLength(31)
    expect(rows.at(-1)?.textContent).toContain('ValueError: broken')
    expect(rows.at(-2)?.textContent).toBe('––loginfocrumb 39')
    fireEvent.click(screen.getByRole('button', { name: 'show 10 more' }))
    expect(container.querySelectorAll('[data-crumb]')).toHaveLength(40)
    expect(container.textContent).not.toContain('Invalid Date')
  })
})
