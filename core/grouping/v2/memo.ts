// A bounded memory for pure text functions: frames repeat heavily, in one event and from one event to the next
// (grouping.md 3.9).

const sizeLimit = 2048
/** Longer texts hardly come again, and a hostile sender could fill the memory with them. */
const lengthLimit = 200

/** `compute` must be pure. When full, all is forgotten: cheaper than to keep an order of use. */
export function remember<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text.length > lengthLimit) return compute(text)
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= sizeLimit) known.clear()
    const answer = compute(text)
    known.set(text, answer)
    return answer
  }
}
