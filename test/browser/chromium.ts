// Starts the Chromium that this machine has, else the one that comes as a package: `npm test` needs no manual step.

import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

// Not the package's own flags: they turn off web security, and with it what G-06 checks.
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** CHROMIUM_PATH names another one. `more` are added to the command line. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const args = [...flags, ...more]
  const found = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((path) => path && existsSync(path))
  if (found) return chromium.launch({ executablePath: found, args })
  try {
    return await chromium.launch({ channel: 'chrome', args })
  } catch {
    // No Chrome either.
  }
  const { default: packaged } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await packaged.executablePath(), args })
}

export const light = { colorScheme: 'light' } as const
export const dark = { colorScheme: 'dark' } as const
export const desktop = { viewport: { width: 1360, height: 800 } } as const
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true } as const
