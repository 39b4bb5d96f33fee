import { encodings } from './encodings.ts'
import { playTable } from './table.ts'

playTable(encodings)
