import { reportsAndScrubbing } from './reports.ts'
import { playTable } from './table.ts'

playTable(reportsAndScrubbing)
