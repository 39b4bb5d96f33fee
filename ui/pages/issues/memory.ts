// Where a list was left: scroll offset and cursor, per list and for the life of the tab (S-13).

import { keepGeneration } from '../../parts/basic/browse.ts'

export type Place = { offset: number; cursor: number; shown: boolean }
const places = new Map<string, Place>()

export const rememberPlace = (list: string, place: Place): void => void places.set(list, place)
export const recallPlace = (list: string): Place => places.get(list) ?? { offset: 0, cursor: 0, shown: false }

const addresses = new Map<string, string>()

/** The stream of a project as it was last seen, search and all; of each generation its own. */
export const rememberAddress = (project: string, generation: string | null, address: string): void => void addresses.set(keepGeneration(project, generation), address)
export const listAddress = (project: string, generation: string | null = null): string => addresses.get(keepGeneration(project, generation)) ?? (project === '' ? '/projects' : keepGeneration(`/p/${project}/issues`, generation))
