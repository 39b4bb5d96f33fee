// How large uploads may be, in bytes. sentry-cli asks for these before it sends anything.

const mib = 1024 * 1024

/** A power of two: older versions of sentry-cli need one. */
export const chunkSize = 8 * mib
export const chunksPerRequest = 64
export const maxRequestSize = 32 * mib
/** Of one bundle or debug file. */
export const maxFileSize = 512 * mib
