// What is said of anything that was thrown.

export const sayFailure = (error: unknown): string => (error instanceof Error ? error.message : String(error))
