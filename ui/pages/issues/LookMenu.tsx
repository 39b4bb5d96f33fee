// Which columns the list has, and how high its rows are.

import type { ViewColumn, ViewDensity } from '../../../core/contract/view.ts'
import { Menu, MenuChecks, MenuChoice, MenuRule } from '../../parts/basic/Menu.tsx'
import type { Look } from './look.ts'
import { columns } from '../../data/views.ts'

const heights: readonly { value: ViewDensity; label: string }[] = [{ value: 'normal', label: 'Two lines' }, { value: 'compact', label: 'One line' }]

export function LookMenu(props: { look: Look; onPick: (look: Look) => void }) {
  return (
    <Menu label="Columns" name="Columns and rows">
      <MenuChecks
        label="Columns" values={props.look.columns} options={columns.map(({ column, label }) => ({ value: column, label }))}
        onPick={(picked) => props.onPick({ ...props.look, columns: columns.flatMap(({ column }): ViewColumn[] => (picked.includes(column) ? [column] : [])) })}
      />
      <MenuRule />
      <MenuChoice label="Rows" value={props.look.density} options={heights} onPick={(density) => props.onPick({ ...props.look, density: density as ViewDensity })} />
    </Menu>
  )
}
