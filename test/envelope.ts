// Envelopes of several items, as an SDK that names every length writes them.

export type Item = [header: Record<string, unknown>, payload: string | Uint8Array]

/** `eventId` null: an envelope without one. */
export function frameItems(eventId: string | null, items: readonly Item[]): Buffer<ArrayBuffer> {
  const parts = items.flatMap(([header, payload]) => [`\n${JSON.stringify({ ...header, length: Buffer.byteLength(payload) })}\n`, payload])
  return Buffer.concat([JSON.stringify(eventId === null ? {} : { event_id: eventId }), ...parts].map((part) => Buffer.from(part)))
}
