// The search grammar: core/search.ts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSearch, summariseSearch } from '../../core/search.ts'

const terms = (query: string) => {
  const search = parseSearch(query)
  return 'error' in search ? search.error : search.terms
}

describe('a query', () => {
  test('is filters and text, with their places', () => {
    expect(terms('is:unresolved  cart "is null"')).toEqual([
      { kind: 'status', status: 'unresolved', negated: false, from: 0, to: 13 },
      { kind: 'text', text: 'cart', from: 15, to: 19 },
      { kind: 'text', text: 'is null', from: 20, to: 29 },
    ])
    expect(summariseSearch(terms('!is:archived x') as never)).toEqual({ statuses: ['unresolved', 'resolved'], texts: ['x'] })
    expect(summariseSearch(terms('is:resolved is:ignored') as never).statuses).toEqual([])
  })

  test('keeps addresses, types and names with colons as text', () => {
    for (const text of ['http://shop/cart', 'TypeError:', 'std::bad_alloc', 'Error:x', ':', '!']) expect(terms(text)).toMatchObject([{ kind: 'text', text }])
  })

  test('says where it is wrong and what was expected', () => {
    expect(terms('x is:open')).toEqual({ position: 5, expected: 'unresolved, resolved, ignored, archived', message: 'Unknown value "open" of "is" at character 6: expected unresolved, resolved, ignored, archived.' })
    expect(terms('colour:red')).toMatchObject({ position: 0, expected: 'is: or quoted text' })
    expect(terms('is:constructor')).toMatchObject({ position: 3 })
    expect(terms('constructor:x')).toMatchObject({ position: 0 })
    expect(terms('"open')).toMatchObject({ position: 5, expected: 'a closing "' })
  })

  test('of any text is read or refused, never thrown at, and its places lie inside it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (query) => {
        const search = parseSearch(query)
        if ('error' in search) return search.error.position <= query.length
        return search.terms.every(({ from, to }) => from < to && to <= query.length)
      }),
    )
  })

  test('in quotes is found as it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(terms(`"${text.replace(/[\\"]/g, '\\$&')}"`)).toMatchObject([{ kind: 'text', text }])
      }),
    )
  })
})
