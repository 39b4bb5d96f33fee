import { items } from './items.ts'
import { playTable } from './table.ts'

playTable(items)
