// The values of a tag as a file for a spreadsheet. The server writes it when asked for text/csv, which no link can do.

import { apiUrl, type Query } from '../../data/api.ts'
import { sayFailure } from '../../data/failure.ts'
import { showToast } from '../../parts/basic/Toast.tsx'

export async function saveValues(shortId: string, tag: string, path: string, query: Query): Promise<void> {
  try {
    const answer = await fetch(apiUrl(path, query), { credentials: 'same-origin', headers: { accept: 'text/csv' } })
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    const url = URL.createObjectURL(await answer.blob())
    const link = Object.assign(document.createElement('a'), { href: url, download: `${shortId}-${tag.replaceAll(/[^\w.-]/g, '_')}.csv` })
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  } catch (error) {
    showToast({ text: `The file could not be made: ${sayFailure(error)}` })
  }
}
