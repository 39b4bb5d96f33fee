// The way into the log for tests: the real storage over a real spool in a temporary folder, and envelopes to put into it.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { pino, type Logger } from 'pino'
import type { NewEnvelope } from '../../../ingest/log/append.ts'
import { createSpool } from '../../../ingest/log/spool/spool.ts'
import { startStorage, type Storage, type Stored } from '../../../ingest/log/storage.ts'
import { atExit, removeNow } from '../../at-exit.ts'

export const envelope = (text: string, over: Partial<NewEnvelope> = {}): NewEnvelope => ({
  projectId: 1, type: 'envelope.received', actor: 'key:1', remoteAddr: '127.0.0.1', sdk: 'sentry.test/1', eventId: null, meta: {}, encoding: 'n', payload: Buffer.from(text), ...over,
})

/** Throws when the envelopes went to the spool. */
export function positionsOf(stored: Stored): number[] {
  if (stored === 'spooled') throw new Error('not in the log, but in the spool')
  return stored
}

export type SaidLine = { level: number; msg: string } & Record<string, unknown>

/** A log that keeps its lines. */
export function keepLog(): { log: Logger; said: SaidLine[] } {
  const said: SaidLine[] = []
  return { log: pino({ level: 'info' }, { write: (line: string) => said.push(JSON.parse(line) as SaidLine) }), said }
}

export type StorageOptions = { folder?: string; maxBytes?: number; segmentBytes?: number; onAppended?: (position: number) => void }

export async function startTestStorage(pool: pg.Pool, { folder = path.join(makeFolder(), 'spool'), maxBytes = 10_000_000, segmentBytes = 8_000_000, onAppended = () => undefined }: StorageOptions = {}): Promise<{ storage: Storage; folder: string; said: SaidLine[] }> {
  const { log, said } = keepLog()
  const spool = createSpool({ folder, maxBytes, segmentBytes, log })
  return { storage: await startStorage({ pool, spool, log, onAppended }), folder, said }
}

/** An empty folder, until the tests of this process are done. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'refold-test-'))
  atExit(() => removeNow(folder))
  return folder
}
