// What the app costs in Chromium where there is much to show: the stream of 100,000 issues, loaded, scrolled and jumped in, at
// the full speed of this machine and at a quarter of it. Frames of an empty page stand beside: what else runs here is in both.

import type { Browser, CDPSession, Page } from 'playwright-core'
import { browserCookie, signIn } from '../browser/send.ts'
import { desktop, launchChromium, light } from '../browser/chromium.ts'
import { measureFrames, sayFrames } from '../browser/frames.ts'
import { noteVitals, readVitals, sayVitals } from '../browser/vitals.ts'
import { owner, startServerProcess } from '../server-process.ts'
import type { Database } from './reads.ts'
import { seedEvents } from './seed.ts'

const rowHeight = 44
const scrolledFrames = 600

/** As many events as issues: what a list costs depends on its rows. */
export async function measureApp({ url, pool }: Database, issues: number): Promise<void> {
  const started = performance.now()
  await seedEvents(pool, { project: 1, events: issues, issues }, (done) => process.stderr.isTTY && process.stderr.write(`\rseeded ${done}`))
  console.log(`the app with ${issues.toLocaleString('en')} issues, seeded in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  const server = await startServerProcess(url, { env: { NODE_ENV: 'production' } })
  const browser = await launchChromium()
  try {
    const cookie = await signIn(server.url, owner)
    await measureJumps(server.url, cookie, Math.floor(issues * 0.9))
    for (const slowness of [1, 4]) await measurePage(browser, { url: server.url, cookie, issues, slowness })
  } finally {
    await browser.close()
    await server.end('SIGTERM')
    await pool.end()
  }
}

/** Pages far down, by the API alone. */
async function measureJumps(url: string, cookie: string, row: number): Promise<void> {
  for (const [name, query] of [['open issues', ''], ['all issues', '&query='], ['by events', '&sort=freq'], ['with an exact count', '&limit=1&hits=all']]) {
    const times: number[] = []
    for (let round = 0; round < 20; round += 1) {
      const from = performance.now()
      const response = await fetch(`${url}/api/0/projects/refold/shop/issues/?offset=${row + round}${query}`, { headers: { cookie } })
      await response.json()
      times.push(performance.now() - from)
    }
    times.sort((one, other) => one - other)
    console.log(`  page at row ${row.toLocaleString('en')}, ${name!.padEnd(20)} p50 ${times[10]!.toFixed(1)}  p95 ${times[18]!.toFixed(1)} ms`)
  }
}

type Visit = { url: string; cookie: string; issues: number; slowness: number }

async function measurePage(browser: Browser, { url, cookie, issues, slowness }: Visit): Promise<void> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...desktop, ...light })
  await context.addCookies([browserCookie(url, cookie)])
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  await page.setContent('<div id="empty"></div>')
  const base = await measureFrames(page, '#empty', 0, 200)
  await noteVitals(page)
  // The second load: compiled code and files are there, as they are for whoever comes every day.
  for (let visit = 0; visit < 2; visit += 1) {
    await page.goto('/p/shop/issues')
    await page.locator('[data-row]').first().waitFor()
    await page.getByText(`${issues.toLocaleString('en')} issues`).waitFor({ timeout: 60_000 })
  }
  await page.waitForTimeout(2_000)
  console.log(`  at ${slowness} × CPU: ${sayVitals(await readVitals(page))}`)
  const idle = await measureFrames(page, '.issue-table', 0, 200)
  const before = await readWork(devtools)
  const scrolled = await measureFrames(page, '.issue-table', 5 * rowHeight, scrolledFrames)
  const worked = (await readWork(devtools)) - before
  console.log(`    frames of an empty page ${sayFrames(base)}; of the stream at rest ${sayFrames(idle)}`)
  console.log(`    5 rows per frame        ${sayFrames(scrolled)}; at most ${scrolled.mostRows} rows in the page; the page's own thread worked ${(worked / scrolledFrames).toFixed(1)} ms per frame`)
  const jumps = []
  for (let jump = 0; jump < 7; jump += 1) jumps.push(await timeJump(page, Math.floor(issues * 0.9) - Math.floor((jump * issues) / 20)))
  console.log(`    jump to row ${Math.floor(issues * 0.9).toLocaleString('en')} and six others: median ${jumps.toSorted((one, other) => one - other)[3]!.toFixed(0)}, most ${Math.max(...jumps).toFixed(0)} ms`)
  await context.close()
}

/** ms that the page's thread has worked, not counting what it waited for the processor: what else runs here is not in it. */
async function readWork(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
}

/** From the scroll until the row is drawn. */
function timeJump(page: Page, row: number): Promise<number> {
  return page.evaluate(async ([row, top]) => {
    const from = performance.now()
    document.querySelector('.issue-table')!.scrollTop = top
    while (!document.querySelector(`[data-row][aria-rowindex="${row + 2}"]`)) await new Promise(requestAnimationFrame)
    const took = performance.now() - from
    await new Promise((resolve) => setTimeout(resolve, 300))
    return took
  }, [row, row * rowHeight] as const)
}
