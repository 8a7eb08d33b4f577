import { type FileHandle, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Access, FOLDER_MODE } from '../lib/access.ts'
import { makeFolderLater } from '../lib/make-folder.ts'
import { openRegular } from '../lib/regular-file.ts'
import { type Marks, NO_MARKS } from '../model/alert.ts'
import { acknowledgement, silence } from './decode-alert.ts'
import { isTemporaryOf, replaceFile } from './replace.ts'
import { fieldsOf, listOf, oneOf, WRONG } from './typed.ts'

const VERSION = 1
/** A thousand times what anybody marks. */
const LARGEST = 16 * 1024 * 1024

const readFile = fieldsOf<Marks & { readonly v: typeof VERSION }>(
  { v: oneOf([VERSION]), acknowledgements: listOf(acknowledgement), silences: listOf(silence) },
  {},
)

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
  try {
    const { acknowledgements, silences } = readFile(json)
    return { acknowledgements, silences }
  } catch (error) {
    if (error !== WRONG) throw error
    return undefined
  }
}
