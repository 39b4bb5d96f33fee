// Who asks: signing in, one's own account and tokens, and which server this is.

import type { Account, AuthConfig, Login, NewToken, ServerInfo, Token } from '../account.ts'
import type { Health } from '../server.ts'
import type { Api } from './api.ts'
import type { CallOptions } from './transport.ts'

export function accountCalls({ send }: Api) {
  return {
    serverInfo: (options?: CallOptions) => send<ServerInfo>('GET /api/0/', {}, options),
    health: (options?: CallOptions) => send<Health>('GET /api/0/internal/health/', {}, options),
    authConfig: (options?: CallOptions) => send<AuthConfig>('GET /api/0/auth/config/', {}, options),
    /** The cookie is kept by a browser; elsewhere use a token. */
    signIn: (body: Login, options?: CallOptions) => send<{ nextUri: string; user: Account }>('POST /api/0/auth/login/', { body, once: true }, options),
    signOut: (options?: CallOptions) => send<undefined>('DELETE /api/0/auth/', {}, options),
    me: (options?: CallOptions) => send<Account>('GET /api/0/users/me/', {}, options),
    /** These three need a session: a token cannot make tokens. */
    tokens: (options?: CallOptions) => send<Token[]>('GET /api/0/api-tokens/', {}, options),
    createToken: (body: NewToken, options?: CallOptions) => send<Token>('POST /api/0/api-tokens/', { body, once: true }, options),
    deleteToken: (id: string, options?: CallOptions) => send<undefined>('DELETE /api/0/api-tokens/:id/', { params: { id } }, options),
  }
}
