export function normaliseMessage(text: string, _platform: unknown): string {
  return text.slice(0, 300)
}
