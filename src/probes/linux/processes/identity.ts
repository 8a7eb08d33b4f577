import { StringDecoder } from 'node:string_decoder'
import { Cursor } from '../../../lib/decimal.ts'
import { safeText } from '../../../lib/text.ts'
import { withoutPadding } from './padding.ts'

const NAME_LENGTH = 64
const PLAIN = /^[\x20-\x7e]{1,64}$/

/** A process' short name (comm) from its bytes, safe to show. A name of nothing but control characters is `?`. */
export function decodeName(bytes: Uint8Array): string {
  return safeText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'), NAME_LENGTH) || '?'
}

/** As `decodeName`, from the bytes as Latin-1 text. Nearly all names are plain and stay as they are. */
export function nameOf(comm: string): string {
  return PLAIN.test(comm) ? comm : decodeName(Buffer.from(comm, 'latin1'))
}

/**
 * Arguments from /proc/PID/cmdline, proc_pid_cmdline(5), joined by spaces. A program that writes its title over its arguments
 * leaves NULs or spaces at the end: they go. Empty for kernel threads and zombies. A character cut by the end of the bytes is left out.
 */
export function decodeCommand(bytes: Uint8Array): string {
  const text = new StringDecoder('utf8').write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
  return safeText(withoutPadding(text).replaceAll('\0', ' ')).trim()
}

/** The real user id from /proc/PID/status, proc_pid_status(5): first number of the line `Uid:`. NaN if there is none. */
export function parseUid(bytes: Uint8Array): number {
  const cursor = new Cursor(bytes)
  while (!cursor.done) {
    if (cursor.take('Uid:')) return cursor.integer()
    cursor.skipLine()
  }
  return Number.NaN
}

/** User names by id from passwd(5). The first of several names of an id counts, as in getpwuid(3). */
export function parsePasswd(text: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [name = '', , id = ''] = line.split(':')
    if (/^\d+$/.test(id) && name !== '' && !names.has(Number(id))) names.set(Number(id), safeText(name, NAME_LENGTH))
  }
  return names
}
