// Starts the Chromium that comes as a package: the same one everywhere, and half the work of Debian's. Where it cannot run,
// the one that the machine has.

import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

// Not the package's own flags: they turn off web security, and with it what G-06 checks.
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** CHROMIUM_PATH names another one. `more` are added to the command line. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const args = [...flags, ...more]
  if (process.env.CHROMIUM_PATH) return chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args })
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    return await chromium.launch({ executablePath: await packaged.executablePath(), args })
  } catch (error) {
    // Another processor, a system library that is missing.
    const found = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))
    if (found === undefined) throw error
    return chromium.launch({ executablePath: found, args })
  }
}

export const light = { colorScheme: 'light' } as const
export const dark = { colorScheme: 'dark' } as const
export const desktop = { viewport: { width: 1360, height: 800 } } as const
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true } as const
