// `refold send`: lets each kind fail under the real @sentry/node and tells what the server answered. Called by cli.ts.
// It comes in through the front door like everybody: nothing here knows the log.

import * as Sentry from '@sentry/node'
import { kinds, type Kind } from './kinds.ts'

/** `status` is null when there was no answer; `problem` says what is wrong with any answer but 200. */
type Answer = { eventId: string; status: number | null; problem: string | null }
export type Wanted = { kind: Kind; count: number }

const floodSize = 20
const flushMs = 30_000

/** `error`, `flood:200` … in the given order; none = one error. A string is the problem, for the operator. */
export function chooseKinds(names: readonly string[], all: boolean): Wanted[] | string {
  if (all) return kinds.map((kind) => ({ kind, count: floodSize }))
  const wanted: Wanted[] = []
  for (const text of names.length > 0 ? names : ['error']) {
    const [name, count = String(floodSize)] = text.split(':')
    const kind = kinds.find((each) => each.name === name)
    if (!kind) return `There is no kind "${name}". Choose from: ${kinds.map((each) => each.name).join(', ')}.`
    if (text.includes(':') && name !== 'flood') return `Only flood takes a number, not "${text}".`
    if (!/^[1-9]\d{0,4}$/.test(count)) return `"${text}": the number must be from 1 to 99999.`
    wanted.push({ kind, count: Number(count) })
  }
  return wanted
}

export function describeKinds(): string {
  return kinds.map(({ name, says }) => `${name.padEnd(20)} ${says}`).join('\n')
}

/** Sends one kind after the other and tells of each as lines. Returns how many were not accepted. Throws on a DSN that the SDK does not understand. */
export async function sendKinds(dsn: string, wanted: readonly Wanted[], tell: (lines: string) => void): Promise<number> {
  let answers: Answer[] = []
  const client = Sentry.init({
    dsn,
    release: 'web-shop@2.4.1',
    environment: 'production',
    serverName: 'shop-1',
    sendClientReports: false,
    transportOptions: { bufferSize: 100_000 },
    transport: (options) => listen(Sentry.makeNodeTransport(options), (answer) => answers.push(answer)),
    integrations: (defaults) => [
      // No session and no request of our own to report, the console stays as it is, and a flood may repeat itself.
      ...defaults.filter(({ name }) => !['ProcessSession', 'Dedupe', 'Http', 'NodeFetch', 'Console', 'OnUncaughtException', 'OnUnhandledRejection'].includes(name)),
      Sentry.onUnhandledRejectionIntegration({ mode: 'none' }),
    ],
  })
  if (!client?.getDsn()) throw new Error(`"${dsn}" is not a DSN. It looks like http://key@host/1; \`refold project create\` prints one.`)
  try {
    let refused = 0
    for (const { kind: { name, run }, count } of wanted) {
      answers = []
      await Sentry.withIsolationScope(() => run(count))
      const flushed = await client.flush(flushMs)
      if (!flushed || answers.length === 0) answers.push({ eventId: '', status: null, problem: 'not everything was sent within 30 s' })
      refused += answers.filter(({ problem }) => problem !== null).length
      tell(describeAnswers(name, answers))
    }
    return refused
  } finally {
    await client.close(0)
  }
}

/** A line per event; more than five events with the same answer are one line. */
function describeAnswers(kind: string, answers: readonly Answer[]): string {
  const alike = Map.groupBy(answers, ({ status, problem }) => problem ?? status)
  return [...alike.values()]
    .flatMap((group) => {
      const { status, problem } = group[0]!
      const said = `${kind.padEnd(20)} ${status ?? '---'}`
      if (group.length > 5) return [`${said} × ${group.length}, the last: ${problem ?? group.at(-1)!.eventId}`]
      return group.map(({ eventId }) => `${said} ${eventId}${problem === null ? '' : ` ${problem}`}`)
    })
    .join('\n')
}

type Transport = ReturnType<typeof Sentry.makeNodeTransport>

/** The same transport, with somebody who hears each answer. */
function listen(transport: Transport, onAnswer: (answer: Answer) => void): Transport {
  return {
    flush: (timeout) => transport.flush(timeout),
    async send(envelope) {
      const eventId = String((envelope[0] as { event_id?: string }).event_id ?? '')
      try {
        const result = await transport.send(envelope)
        const status = result.statusCode ?? null
        onAnswer({ eventId, status, problem: status === 200 ? null : wordsFor(status) })
        return result
      } catch (error) {
        onAnswer({ eventId, status: null, problem: wordsForNetwork(error) })
        throw error
      }
    },
  }
}

function wordsFor(status: number | null): string {
  if (status === null) return 'held back by the SDK, because the server asked it to wait'
  if (status === 401 || status === 403) return 'refused: the server does not know this key for this project, or the key is disabled'
  if (status === 404) return 'refused: there is no Sentry endpoint at this address'
  if (status === 413) return 'refused: too large'
  if (status === 429) return 'refused: the server is busy or the quota is used up; try again later'
  return status < 500 ? 'refused: the server found the envelope invalid' : 'the server failed; its log says why'
}

function wordsForNetwork(error: unknown): string {
  const code = (error as { code?: string } | null)?.code ?? ''
  if (code === 'ECONNREFUSED') return 'connection refused: nothing listens at the address of the DSN'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host of the DSN is not known'
  return `not sent: ${error instanceof Error ? error.message : String(error)}`
}
