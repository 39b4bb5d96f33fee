// How far a long command is, on stderr: a bar that moves where there is a terminal, a line now and then where there is none.

const width = 30
const lineEveryMs = 5_000

export type Progress = { show(done: number, total: number): void; end(): void }

/** `total` 0 = unknown. */
export function startProgress(what: string): Progress {
  const { stderr } = process
  const started = performance.now()
  let shown = started
  return {
    show(done, total) {
      const share = total > 0 ? Math.min(1, done / total) : null
      const rate = Math.round((done / (performance.now() - started)) * 1_000)
      const text = `${done.toLocaleString('en')}${share === null ? '' : ` of ${Math.max(done, total).toLocaleString('en')}`} events, ${rate.toLocaleString('en')}/s`
      if (stderr.isTTY) {
        const full = Math.round((share ?? 0) * width)
        stderr.write(`\r\x1b[K${what} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${share === null ? '' : `${Math.floor(share * 100)} % `}${text}`)
      } else if (performance.now() - shown > lineEveryMs) {
        shown = performance.now()
        stderr.write(`${what}: ${text}\n`)
      }
    },
    end: () => void (stderr.isTTY && stderr.write('\r\x1b[K')),
  }
}
