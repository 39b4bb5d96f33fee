// The same numbers as tables: by kind of data, and bar by bar for who does not see the chart.

import { For, type JSX } from 'solid-js'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { bands, categoryWord, totalOf, type Usage } from './bands.ts'
import { nameBucket, type Period } from './periods.ts'

export function CategoryTable(props: { usage: Usage }): JSX.Element {
  return (
    <section aria-labelledby="categories">
      <h2 id="categories" class="px-4 pt-4 pb-1">By kind of data</h2>
      <table class="table" aria-labelledby="categories">
        <thead>
          <tr>
            <th scope="col" class="pl-4">Data</th>
            <For each={bands}>{({ label, band }) => <th scope="col" class="num" classList={{ 'max-md:hidden': band !== 'stored' }}>{label}</th>}</For>
            <th scope="col" class="num pr-4">Not stored</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.usage.categories}>
            {({ category, sums, total }) => (
              <tr data-category={category}>
                <th scope="row" class="pl-4! text-sm! text-ink!">{categoryWord(category)}</th>
                <For each={bands}>{({ band }) => <td class="num" classList={{ 'max-md:hidden': band !== 'stored', 'text-ink-3': sums[band] === 0 }} title={formatExact(sums[band])}>{formatCount(sums[band])}</td>}</For>
                <td class="num pr-4" title={formatExact(total - sums.stored)}>{formatCount(total - sums.stored)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}

export function BucketTable(props: { usage: Usage; period: Period }): JSX.Element {
  return (
    <details class="border-b border-rule px-4 pb-2">
      <summary class="min-h-6 cursor-pointer text-ink-2">As a table</summary>
      <table class="table" aria-label={`Items per ${props.period.bar}`}>
        <thead>
          <tr>
            <th scope="col">{props.period.interval === '1d' ? 'Day, UTC' : 'Time'}</th>
            <For each={bands}>{({ label, band }) => <th scope="col" class="num" classList={{ 'max-md:hidden': band !== 'stored' }}>{label}</th>}</For>
            <th scope="col" class="num md:hidden">Not stored</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.usage.buckets.toReversed()}>
            {(bucket) => (
              <tr>
                <th scope="row" class="text-sm!">{nameBucket(bucket.from, bucket.to, props.period)}</th>
                <For each={bands}>{({ band }) => <td class="num" classList={{ 'max-md:hidden': band !== 'stored' }}>{formatExact(bucket.sums[band])}</td>}</For>
                <td class="num md:hidden">{formatExact(totalOf(bucket.sums) - bucket.sums.stored)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </details>
  )
}
