// Where a list was left: scroll offset and cursor, per list and for the life of the tab (S-13).

export type Place = { offset: number; cursor: number; shown: boolean }
const places = new Map<string, Place>()

export const rememberPlace = (list: string, place: Place): void => void places.set(list, place)
export const recallPlace = (list: string): Place => places.get(list) ?? { offset: 0, cursor: 0, shown: false }

const addresses = new Map<string, string>()

/** The stream of a project as it was last seen, search and all. */
export const rememberAddress = (project: string, address: string): void => void addresses.set(project, address)
export const listAddress = (project: string): string => addresses.get(project) ?? (project === '' ? '/projects' : `/p/${project}/issues`)
