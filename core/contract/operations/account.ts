// Signing in, one's own account, and tokens.

import { z } from 'zod'
import {
  account, authConfig, changedAccount, changedPassword, login, loginAnswer, newOrganizationToken, newOwner, newToken, organizationToken, serverInfo, token,
} from '../account.ts'
import type { Operations } from '../operation.ts'

const organizationTokens = '/api/0/organizations/:org/org-auth-tokens/'

export const accountOperations: Operations = {
  'GET /api/0/': { summary: 'Show who you are and which server this is', description: 'Without signing in it answers too, with nobody as user.', answer: serverInfo },
  'GET /api/0/auth/config/': { summary: 'Show whether the first owner is still to be created', answer: authConfig },
  'POST /api/0/auth/login/': { summary: 'Sign in', description: 'Starts a session, whose cookie lasts 30 days from its last use. Ten failures a minute are the limit, by address and by email.', body: login, answer: loginAnswer },
  'DELETE /api/0/auth/': { summary: 'Sign out' },
  'POST /api/0/auth/owner/': { summary: 'Create the first owner', description: 'Only while nobody has an account.', body: newOwner, answer: loginAnswer, status: 201, extension: true },
  'GET /api/0/users/me/': { summary: 'Show your account', answer: account },
  'PUT /api/0/users/me/': { summary: 'Change your name or the settings of the app', description: 'Settings are merged key by key.', body: changedAccount, answer: account },
  'PUT /api/0/users/me/password/': { summary: 'Change your password', description: 'Ends your other sessions. Tokens stay.', body: changedPassword },
  'GET /api/0/api-tokens/': { summary: 'List your tokens', answer: z.array(token) },
  'POST /api/0/api-tokens/': { summary: 'Create a token', description: 'Its value is in this answer and never again. It holds no more than your role does, also later.', body: newToken, answer: token, status: 201 },
  'DELETE /api/0/api-tokens/:id/': { summary: 'Revoke one of your tokens' },
  [`GET ${organizationTokens}`]: { summary: 'List the tokens of the organization', answer: z.array(organizationToken) },
  [`POST ${organizationTokens}`]: {
    summary: 'Create a token of the organization, for builds',
    description: 'It holds org:ci, and names this server and organization, so that sentry-cli needs no other setting. It acts as you, and ends with your membership.',
    body: newOrganizationToken, answer: organizationToken, status: 201,
  },
  [`DELETE ${organizationTokens}:token/`]: { summary: 'Revoke a token of the organization' },
}
