// How the address says which values of a tag are listed. Pure.

export type ValueSort = 'count' | 'date'
/** `text`: what occurs in the values. */
export type ValueList = { sort: ValueSort; text: string; cursor: string | null }

export function readValueList(params: URLSearchParams): ValueList {
  return { sort: params.get('sort') === 'date' ? 'date' : 'count', text: params.get('value')?.trim() ?? '', cursor: params.get('cursor') }
}

export const writeValueList = ({ sort, text, cursor }: ValueList): Record<string, string | null> => ({ sort: sort === 'count' ? null : sort, value: text === '' ? null : text, cursor })
