// Frames of Ruby: labels differ between its versions, and compiled templates carry a hash (grouping.md 3.5).

import { remember } from '../memo.ts'

export const cleanRubyFunction: (name: string) => string = remember((name) => {
  const label = name.replaceAll(/(?:rescue|ensure) in /g, '').replace(/^block (?:\(\d{1,4} levels\) )?in /, 'block in ')
  const isBlock = label.startsWith('block in ')
  const method = (isBlock ? label.slice('block in '.length) : label)
    // Ruby 3.4 names the class too.
    .replace(/^(?:[A-Z][\w:]*|#<[^<>]{1,200}>)[#.](?=[^#.])/, '')
    .replace(/(?<!_)_+\d{6,20}_\d+$/, '')
  return isBlock ? `block in ${method}` : method
})
