// The cross beside a filter that is set.

export function ClearFilter(props: { name: string; onClear: () => void }) {
  return <button type="button" class="btn filter-clear" aria-label={props.name} title={props.name} onClick={() => props.onClear()}>✕</button>
}
