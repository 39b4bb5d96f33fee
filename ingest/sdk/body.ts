// Reads the bytes of a request as they came, bounded per request and over all requests. No Content-Length is demanded:
// JS SDKs on Node send chunks (protocol 2.5).
import type { IncomingMessage } from 'node:http'
import { rejections, tooLarge } from './errors.ts'
import type { Rejection } from './errors.ts'
import { maxBody } from './limits.ts'

/** Bytes of large bodies held at the moment. Small bodies never wait for large ones: only what is over `free` counts. */
export type BodyRoom = { held: number; max: number }

const free = 1024 * 1024
const nothing = Buffer.alloc(0)

/** 64 MiB: three bodies of the largest size at once. */
export function createBodyRoom(max: number = 64 * 1024 * 1024): BodyRoom {
  return { held: 0, max }
}

/** Copies only when the body comes in several chunks. The caller owes `releaseBody` for what it gets. */
export function readBody(stream: IncomingMessage, room: BodyRoom): Promise<Buffer | Rejection> {
  if (Number(stream.headers['content-length']) > maxBody) return Promise.resolve(tooLarge('envelope'))
  // Gone while its key was looked up: no event of this stream would come any more.
  if (stream.destroyed) return Promise.resolve(rejections.aborted)
  return new Promise((resolve) => {
    let buffer: Buffer = nothing
    let size = 0
    let settled = false
    const settle = (result: Buffer | Rejection): void => {
      if (settled) return
      settled = true
      if (!Buffer.isBuffer(result)) {
        room.held -= heldBy(size)
        buffer = nothing
      }
      resolve(result)
    }
    // After a refusal the rest is read and dropped: a client that is still writing would not read the answer.
    stream.on('data', (chunk: Buffer) => {
      if (settled) return
      const total = size + chunk.length
      room.held += heldBy(total) - heldBy(size)
      size = total
      if (size > maxBody) settle(tooLarge('envelope'))
      else if (room.held > room.max) settle(rejections.busy)
      else buffer = appendChunk(buffer, size - chunk.length, chunk)
    })
    stream.on('end', () => settle(buffer.subarray(0, size)))
    stream.on('error', () => settle(rejections.aborted))
    stream.on('close', () => settle(rejections.aborted))
  })
}

export function releaseBody(room: BodyRoom, body: Buffer): void {
  room.held -= heldBy(body.length)
}

function heldBy(size: number): number {
  return size > free ? size - free : 0
}

/** Doubles when full: a list of chunks would cost a hundred bytes for each byte of a body sent in chunks of one. */
function appendChunk(buffer: Buffer, size: number, chunk: Buffer): Buffer {
  if (size === 0) return chunk
  let target = buffer
  if (size + chunk.length > buffer.length) {
    target = Buffer.allocUnsafe(Math.max(2 * buffer.length, size + chunk.length))
    buffer.copy(target, 0, 0, size)
  }
  chunk.copy(target, size)
  return target
}
