import { type FileHandle, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Access, FOLDER_MODE } from '../lib/access.ts'
import { makeFolderLater } from '../lib/make-folder.ts'
import { openRegular } from '../lib/regular-file.ts'
import { safeText } from '../lib/text.ts'
import { type Acknowledgement, type Marks, NO_MARKS, type Silence } from '../model/alert.ts'
import { isTemporaryOf, replaceFile } from './replace.ts'

const VERSION = 1
/** A thousand times what anybody marks. */
const LARGEST = 16 * 1024 * 1024

/** Marks as they were kept. `aside`: where a file that made no sense was put, and that there are none for that reason. */
export interface KeptMarks {
  readonly marks: Marks
  readonly aside?: string
}

export function marksPath(state: string): string {
  return join(state, 'marks.json')
}

/**
 * The acknowledgements and silences that are kept in a state folder; none where there are none yet. A file that makes no sense is put aside,
 * so that the next one does not replace what a person may still want to read. Rejects where it cannot be read.
 */
export async function readMarks(state: string): Promise<KeptMarks> {
  const path = marksPath(state)
  const text = await readText(path)
  if (text === undefined) return { marks: NO_MARKS }
  const marks = marksOf(text)
  if (marks !== undefined) return { marks }
  const aside = `${path}.damaged`
  await rename(path, aside)
  return { marks: NO_MARKS, aside }
}

/** Keeps marks in place of those before, in one step; makes the folder where it is missing. Rejects as the file system does. */
export async function saveMarks(
  state: string,
  { acknowledgements, silences }: Marks,
  access: Access = 'owner',
): Promise<void> {
  await makeFolderLater(state, FOLDER_MODE[access])
  const text = `${JSON.stringify({ v: VERSION, acknowledgements, silences }, undefined, 2)}\n`
  await replaceFile(marksPath(state), text, access)
}

/**
 * Takes away what saves left half made that were killed in the middle of it. Only whoever has the state folder may call it, before it saves
 * anything itself. Rejects as the file system does.
 */
export async function sweepMarks(state: string): Promise<void> {
  const name = basename(marksPath(state))
  const names = await readdir(state).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return []
  })
  for (const found of names) if (isTemporaryOf(name, found)) await rm(join(state, found), { force: true })
}

async function readText(path: string): Promise<string | undefined> {
  let file: FileHandle
  try {
    file = await openRegular(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const { size } = await file.stat()
    return size > LARGEST ? '' : await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** Undefined for what is none. */
function marksOf(text: string): Marks | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // Told by whoever asked: it makes no sense.
    return undefined
  }
  if (!isObject(json) || json.v !== VERSION) return undefined
  const acknowledgements = listOf(json.acknowledgements, acknowledgementOf)
  const silences = listOf(json.silences, silenceOf)
  return acknowledgements && silences && { acknowledgements, silences }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function listOf<T>(value: unknown, read: (entry: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const entries = value.map(read)
  return entries.every((entry): entry is Awaited<T> & T => entry !== undefined) ? entries : undefined
}

function acknowledgementOf(value: unknown): Acknowledgement | undefined {
  if (!isObject(value)) return undefined
  const { alert, atMs, note } = value
  if (typeof alert !== 'string' || !isTime(atMs) || typeof note !== 'string') return undefined
  return { alert, atMs, note: safeText(note) }
}

function silenceOf(value: unknown): Silence | undefined {
  if (!isObject(value)) return undefined
  const { key, atMs, untilMs } = value
  if (typeof key !== 'string' || !isTime(atMs)) return undefined
  if (untilMs === undefined) return { key, atMs }
  return isTime(untilMs) ? { key, atMs, untilMs } : undefined
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
