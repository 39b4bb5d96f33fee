import { clientAddress } from './client-address.ts'
import { playTable } from './table.ts'

playTable(clientAddress, { TRUSTED_PROXIES: '2' })
