import { framing } from './framing.ts'
import { playTable } from './table.ts'

playTable(framing)
