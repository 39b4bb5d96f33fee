// The events that the tests of grouping share: our own, and the corpus beside the repository where it is there.

import { existsSync, readdirSync, readFileSync } from 'node:fs'

const ownFolder = new URL('../../fixtures/events/', import.meta.url)
const corpusFolder = new URL('../../../../shared/corpus/grouping/', import.meta.url)

export const hasCorpus = existsSync(corpusFolder)
/** Options of a test that is skipped without it. */
export const withoutCorpus = { meta: { skipped: 'there is no ../shared/corpus/grouping beside the repository' } }

function readFolder(folder: URL): Map<string, Buffer> {
  return new Map(readdirSync(folder).sort().map((file) => [file.replace(/\.json$/, ''), readFileSync(new URL(file, folder))]))
}

/** By name: the bytes of each event. */
export const readOwnEvents = (): Map<string, Buffer> => readFolder(ownFolder)
export const readCorpus = (): Map<string, Buffer> => (hasCorpus ? readFolder(new URL('events/', corpusFolder)) : new Map())

export type Expectations = {
  mustGroupTogether: { id: string; tier: string; events: string[] }[]
  mustNotGroup: { id: string; tier: string; a: string; b: string }[]
}

export function readExpectations(): Expectations {
  return JSON.parse(readFileSync(new URL('expected.json', corpusFolder), 'utf8')) as Expectations
}
