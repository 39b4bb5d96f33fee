// What to paste, per platform: install, start the SDK with the project's DSN, throw once. Tracing and replay stay off:
// Refold stores errors, and an SDK that sends more only costs (P-01: each parses where a parser is at hand).

import type { PlatformId } from '../projects/platforms.ts'
import { javascriptSnippets } from './snippetsJavascript.ts'
import { pythonSnippets } from './snippetsPython.ts'
import { serverSnippets } from './snippetsServer.ts'

/** `file`: where the code goes, or null for a shell. */
export type Step = { title: string; file: string | null; code: string }
export type Snippet = (dsn: string) => Step[]

export const snippets: Record<PlatformId, Snippet> = { ...javascriptSnippets, ...pythonSnippets, ...serverSnippets }
