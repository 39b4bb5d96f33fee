// Starts the Chromium that comes as a package: the same one everywhere, and half the work of Debian's. Where it cannot run,
// the one that the machine has.

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

// Not the package's own flags: they turn off web security, and with it what G-06 checks.
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** CHROMIUM_PATH names another one. `more` are added to the command line. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const args = [...flags, ...more]
  if (process.env.CHROMIUM_PATH) return chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args })
  try {
    const folder = await unpackChromium()
    // A bare machine has not the libraries that it is linked to: they come with it.
    return await chromium.launch({ executablePath: path.join(folder, 'chromium'), args, env: { ...process.env, LD_LIBRARY_PATH: path.join(folder, 'al2023/lib') } })
  } catch (error) {
    const found = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file))
    if (found === undefined) throw error
    return chromium.launch({ executablePath: found, args })
  }
}

const unpack = `const { inflate } = await import('@sparticuz/chromium'); await Promise.all(process.argv.slice(1).map(inflate))`

/**
 * Once after an installation, into a folder of ours, whole or not at all: the package unpacks into the temporary folder, which
 * is everybody's, and there takes what is half written by another worker for whole.
 */
async function unpackChromium(): Promise<string> {
  const packed = path.join(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin')
  const folder = path.join(import.meta.dirname, '../../node_modules/.cache', `chromium-${statSync(path.join(packed, 'chromium.br')).size}`)
  if (existsSync(folder)) return folder
  const part = `${folder}.${process.pid}`
  mkdirSync(part, { recursive: true })
  const files = ['chromium.br', 'al2023.tar.br'].map((name) => path.join(packed, name))
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack, ...files], { cwd: import.meta.dirname, env: { ...process.env, TMPDIR: part } })
  try {
    renameSync(part, folder)
  } catch {
    // Another worker was first.
    rmSync(part, { recursive: true })
  }
  return folder
}

export const light = { colorScheme: 'light' } as const
export const dark = { colorScheme: 'dark' } as const
export const desktop = { viewport: { width: 1360, height: 800 } } as const
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true } as const
