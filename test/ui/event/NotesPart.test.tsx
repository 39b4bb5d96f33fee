import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test } from 'vitest'
import { NotesPart } from '../../../ui/parts/event/NotesPart.tsx'
import { TemplatePart } from '../../../ui/parts/event/TemplatePart.tsx'
import { aFrame, anEvent } from './fixture.ts'

afterEach(cleanup)

const open = (container: HTMLElement) => {
  const details = container.querySelector('details')!
  details.open = true
  fireEvent(details, new Event('toggle'))
}

test('what was changed in reading is a section with field and sentence each, closed at first', () => {
  const errors = [
    { type: 'sdk_shortened', message: 'The SDK shortened the value. It had 12,000 characters.', data: { name: 'extra.rows' } },
    { type: 'js_no_source', message: 'The SDK reported js_no_source.', data: { name: null } },
  ]
  const { container } = render(() => <NotesPart event={anEvent({ errors })} />)
  expect(screen.getByRole('heading', { name: 'Processing notes' })).toBeTruthy()
  expect(container.querySelector('dl')).toBeNull()
  open(container)
  expect([...container.querySelectorAll('dt')].map((name) => name.textContent)).toEqual(['extra.rows', 'js_no_source'])
  expect(container.textContent).toContain('It had 12,000 characters.')
})

test('an event that was read as it came has no such section', () => {
  expect(render(() => <NotesPart event={anEvent()} />).container.textContent).toBe('')
})

test('a template that failed shows its line', () => {
  const place = aFrame({ filename: 'base.html', lineNo: 3, inApp: true, context: [[2, '<p>'], [3, '{{ x|nope }}']] })
  const { container } = render(() => <TemplatePart event={anEvent({ entries: [{ type: 'template', data: place }] })} />)
  expect(screen.getByRole('heading', { name: 'Template' })).toBeTruthy()
  expect(container.querySelector('li[aria-current=true]')?.textContent).toBe('3{{ x|nope }}')
})
