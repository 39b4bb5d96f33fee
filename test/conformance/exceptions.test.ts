import { exceptions } from './exceptions.ts'
import { playTable } from './table.ts'

playTable(exceptions)
