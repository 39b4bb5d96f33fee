// The platforms that the setup page has a snippet for. `id` is Sentry's platform name.

export const platforms = [
  { id: 'node', name: 'Node.js' },
  { id: 'node-express', name: 'Express' },
  { id: 'javascript', name: 'Browser JavaScript' },
  { id: 'javascript-react', name: 'React' },
  { id: 'javascript-nextjs', name: 'Next.js' },
  { id: 'javascript-vue', name: 'Vue' },
  { id: 'python', name: 'Python' },
  { id: 'python-django', name: 'Django' },
  { id: 'python-flask', name: 'Flask' },
  { id: 'python-fastapi', name: 'FastAPI' },
  { id: 'go', name: 'Go' },
  { id: 'ruby', name: 'Ruby, Rails' },
  { id: 'php', name: 'PHP, Laravel' },
  { id: 'java', name: 'Java, Spring' },
  { id: 'dotnet', name: '.NET' },
  { id: 'rust', name: 'Rust' },
  { id: 'other', name: 'Other (curl)' },
] as const

export type PlatformId = (typeof platforms)[number]['id']

/** The name of a platform that may be one without a snippet, as another client has set it. */
export const platformName = (id: string | null): string => platforms.find((one) => one.id === id)?.name ?? id ?? '–'

/** The snippet that fits best: itself, else its language, else curl. */
export function closestPlatform(id: string | null): PlatformId {
  const parts = (id ?? '').split('-')
  return platforms.find((one) => one.id === id)?.id ?? platforms.find((one) => one.id === parts[0])?.id ?? 'other'
}
