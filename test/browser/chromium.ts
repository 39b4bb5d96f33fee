// The Chromium of the browser tests: one that is installed, else the one in a package. `npm test` needs no manual step.

import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core'

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** CHROMIUM_PATH, /usr/bin/chromium, an installed Chrome, then the packaged one. `packaged` skips the others. */
export async function launchChromium({ packaged = false }: { packaged?: boolean } = {}): Promise<Browser> {
  const found = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((file) => file && existsSync(file))
  if (found && !packaged) return chromium.launch({ executablePath: found, args: flags })
  if (!packaged) {
    try {
      return await chromium.launch({ channel: 'chrome', args: flags })
    } catch {
      // No Chrome is installed.
    }
  }
  // Its own flags are left out: they switch web security off, and CORS is among what we test.
  const { default: binary } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await binary.executablePath(), args: flags })
}

/** The locale is named: under a C locale the packaged one calls itself `en-US@posix`, which Intl refuses. */
export function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 1360, height: 800 }, ...options })
}
