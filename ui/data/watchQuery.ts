// A query that is read without suspending. `useQuery` suspends for a moment whenever it is created, also when its data is in
// the cache: what is around it leaves the document and comes back, and a list in it has lost its place (ui.md pitfall 2).

import { QueryObserver, type QueryKey, type QueryObserverOptions, type QueryObserverResult } from '@tanstack/solid-query'
import { type Accessor, createComputed, createSignal, on, onCleanup, untrack } from 'solid-js'
import { client } from './client.ts'

/** What the cache holds is answered as it is: to be read, not to be changed. */
export function watchQuery<Data, Key extends QueryKey>(options: Accessor<QueryObserverOptions<Data, Error, Data, Data, Key>>): Accessor<QueryObserverResult<Data>> {
  const observer = new QueryObserver(client, { ...untrack(options), structuralSharing: false })
  const [result, setResult] = createSignal(observer.getCurrentResult())
  const show = (next: QueryObserverResult<Data>): void => void setResult(() => next)
  createComputed(on(options, (next) => {
    observer.setOptions({ ...next, structuralSharing: false })
    show(observer.getCurrentResult())
  }, { defer: true }))
  onCleanup(observer.subscribe(show))
  show(observer.getCurrentResult())
  return result
}
