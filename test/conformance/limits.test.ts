import { limits } from './limits.ts'
import { playTable } from './table.ts'

playTable(limits)
