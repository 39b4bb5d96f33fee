import { hostile } from './hostile.ts'
import { playTable } from './table.ts'

playTable(hostile)
