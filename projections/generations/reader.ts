// Pages of a generation from a thread beside (page-thread.ts), one ahead: while a page is folded, the next is read and decoded.

import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { PageAnswer } from './page-thread.ts'
import { unpackFacts } from './packing.ts'
import type { Page, PageAsked, ReadPage } from './pages.ts'

export type PageReader = { read: ReadPage; stop(): Promise<void> }

const resourceLimits = { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 512 }

// What a part leaves behind fits into the young generation, and the old one is not collected before it has 128 MB: with V8's first limit of
// a few megabytes it is every 60 ms, which takes a quarter of the time. V8 has flags for this and no limits of a thread; it reads them
// when a heap is made, so they hold for this thread alone.
const heapFlags = ['--max-semi-space-size=16', '--initial-heap-size=128']
const usualFlags = [`--max-semi-space-size=${/--max-semi-space-size=(\d+)/.exec(process.execArgv.join(' '))?.[1] ?? 0}`, '--initial-heap-size=0']

/** The thread starts with the first page that is asked for; one that ended is started again by the next. */
export function createPageReader(databaseUrl: string): PageReader {
  let thread: Worker | undefined
  let ahead: { asked: PageAsked; answer: Promise<PageAnswer> } | undefined

  function start(): Worker {
    for (const flag of heapFlags) setFlagsFromString(flag)
    const started = new Worker(new URL('page-thread.ts', import.meta.url), { workerData: { databaseUrl }, resourceLimits, name: 'pages' })
    started.once('online', () => {
      for (const flag of usualFlags) setFlagsFromString(flag)
    })
    started.setMaxListeners(0)
    started.on('exit', () => {
      if (thread === started) thread = ahead = undefined
    })
    return started
  }

  /** One at a time. */
  function ask(asked: PageAsked): Promise<PageAnswer> {
    const asking = (thread ??= start())
    const answer = new Promise<PageAnswer>((resolve, reject) => {
      asking.once('message', resolve).once('error', reject).once('exit', () => reject(new Error('the thread that decodes ended')))
      asking.postMessage(asked)
    })
    answer.catch(() => undefined) // told by the step that waits for it, if one does
    return answer
  }

  return {
    async read(_db, asked): Promise<Page> {
      const taken = ahead
      ahead = undefined
      const isAsked = taken !== undefined && continues(taken.asked, asked)
      if (taken && !isAsked) await taken.answer.catch(() => undefined)
      const answer = await (isAsked ? taken.answer : ask(asked))
      if ('failed' in answer) throw new Error(answer.failed)
      const { packed, ...page } = answer
      if (page.position < asked.upTo) {
        const next = { ...asked, after: page.position, settings: page.settings }
        ahead = { asked: next, answer: ask(next) }
      }
      return { ...page, facts: unpackFacts(packed) }
    },
    async stop() {
      if (!thread) return
      const ended = new Promise((resolve) => thread!.once('exit', resolve))
      thread.postMessage('stop')
      await ended
    },
  }
}

/** The end may have moved on. */
function continues(ahead: PageAsked, asked: PageAsked): boolean {
  return ahead.upTo <= asked.upTo && JSON.stringify({ ...ahead, upTo: 0 }) === JSON.stringify({ ...asked, upTo: 0 })
}
