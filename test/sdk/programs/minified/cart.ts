// Prices of what somebody wants to buy. One of them is missing.

export type Item = { name: string; price: number | null }

export class Cart {
  readonly items: Item[] = []

  add(item: Item): this {
    this.items.push(item)
    return this
  }

  total(currency: string): string {
    const sum = this.items.reduce((before, item) => before + readPrice(item), 0)
    return `${sum} ${currency}`
  }
}

function readPrice(item: Item): number {
  if (item.price === null) {
    throw new RangeError(`${item.name} has no price`)
  }
  return item.price
}
