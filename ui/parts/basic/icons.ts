// The icons beside words, always hidden from screen readers. Each is imported by its own path: the package as a whole is 2,278
// modules (ui.md pitfall 18).

import ellipsis from 'lucide-solid/icons/ellipsis'
import chartColumn from 'lucide-solid/icons/chart-column'
import circleAlert from 'lucide-solid/icons/circle-alert'
import folderOpen from 'lucide-solid/icons/folder-open'
import layers from 'lucide-solid/icons/layers'
import messageSquare from 'lucide-solid/icons/message-square'
import search from 'lucide-solid/icons/search'
import settings from 'lucide-solid/icons/settings-2'
import { type Component, createComponent, type JSX } from 'solid-js'

export type Icon = (props: { size?: number }) => JSX.Element

/** The package says `export default` in types that TypeScript takes for CommonJS: the component is the import itself. */
const draw = (icon: unknown): Icon => (props) =>
  createComponent(icon as Component<Record<string, unknown>>, { get size() { return props.size ?? 16 }, 'stroke-width': 1.6, 'aria-hidden': 'true' })

export const MoreIcon = draw(ellipsis)
export const ChartIcon = draw(chartColumn)
export const IssueIcon = draw(circleAlert)
export const ProjectIcon = draw(folderOpen)
export const LayersIcon = draw(layers)
export const MessageIcon = draw(messageSquare)
export const SearchIcon = draw(search)
export const SettingsIcon = draw(settings)
