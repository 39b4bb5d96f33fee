// How far the rules reach at the places of an event (protocol 6.4).

import type { Reach } from './text.ts'

/** "Always": every rule. */
export const everything: Reach = { names: true, asked: true, sessions: false, words: true, shapes: true, mail: false }

/** Cookies and headers. */
export const amongCookies: Reach = { ...everything, sessions: true }

/** Known contexts and the like, whose values are names of things: `MyAuthApp` is no secret, `api_key` is. */
export const known: Reach = { ...everything, words: false }

/** Messages: only what is secret in them goes, or the titles of issues would vanish. */
export const message: Reach = { names: false, asked: false, sessions: false, words: false, shapes: true, mail: true }

/** "Maybe": only what the project itself asked for. */
export const onlyAsked: Reach = { names: false, asked: true, sessions: false, words: false, shapes: false, mail: false }

/** Titles: as `onlyAsked`, but never gone for the name of their field. */
export const onlyPatterns: Reach = { ...onlyAsked, asked: false }
