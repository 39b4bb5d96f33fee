// The table key_text: where free text and `stack.*` are looked for (core/event/search-text.ts). Written when a key's newest event has other
// words than the one before, which its row in issue_key tells.

import type pg from 'pg'
import type { EventMetadata } from '../../core/event/headline.ts'
import { searchText } from '../../core/event/search-text.ts'
import { numbers, texts } from '../columns.ts'
import { settle } from '../poison.ts'
import type { IssuesState } from './reducer.ts'

export async function saveTexts(client: pg.PoolClient, state: Pick<IssuesState, 'texts'>): Promise<void> {
  const rows = [...state.texts].map(([{ generation, id, title, culprit, metadata }, frames]) => ({ generation, id, frames, text: searchText(title, culprit, JSON.parse(metadata) as EventMetadata) }))
  const founded = rows.filter(({ frames }) => frames !== null)
  const changed = rows.filter(({ frames }) => frames === null)
  await settle([
    founded.length > 0 && client.query({
      name: 'save_founded_texts',
      text: `insert into key_text (generation, key_id, text, frames) select generation, key_id, text, frames from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as t (generation, key_id, text, frames)`,
      values: [numbers(founded, (row) => row.generation), numbers(founded, (row) => row.id), texts(founded, (row) => row.text), texts(founded, (row) => row.frames)],
    }),
    changed.length > 0 && client.query({
      name: 'save_changed_texts',
      text: `update key_text k set text = t.text from unnest($1::bigint[], $2::bigint[], $3::text[]) as t (generation, key_id, text) where k.generation = t.generation and k.key_id = t.key_id`,
      values: [numbers(changed, (row) => row.generation), numbers(changed, (row) => row.id), texts(changed, (row) => row.text)],
    }),
  ])
}
