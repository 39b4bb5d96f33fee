// The scopes of a token in plain words. A new scope of core/access.ts cannot ship without: the type says so.

import type { Scope } from '../../../core/access.ts'

export const scopeWords: Record<Scope, string> = {
  'event:read': 'Read issues and events',
  'event:write': 'Resolve, archive, assign and comment on issues',
  'event:admin': 'Delete issues',
  'project:read': 'Read projects and their keys',
  'project:write': 'Create and change projects and keys',
  'project:admin': 'Delete projects and keys',
  'project:releases': 'Create releases and deploys, upload source maps',
  'org:read': 'Read the organization',
  'org:write': 'Change limits of the whole installation, read the audit log',
  'org:admin': 'Everything about the organization',
  'org:ci': 'What a build needs: releases and source maps',
  'member:read': 'Read members',
  'member:write': 'Invite, change and remove members',
  'member:admin': 'Everything about members',
  'team:read': 'Read teams',
  'team:write': 'Change teams',
  'team:admin': 'Remove teams',
}

export const allScopes = Object.keys(scopeWords) as Scope[]
/** What a script that reads errors needs. */
export const usualScopes: readonly Scope[] = ['event:read', 'project:read', 'org:read']

export const scopeText = (scope: string): string => scopeWords[scope as Scope] ?? scope
