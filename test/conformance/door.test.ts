import { door } from './door.ts'
import { playTable } from './table.ts'

playTable(door)
