import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Matcher, parseMatcher } from '../lib/matcher.ts'
import { safeText } from '../lib/text.ts'
import { moment } from '../lib/units.ts'
import type { CheckOutcome, Expectation, Fact } from '../model/check.ts'
import { defineCheck, down, TargetError, unknown, up } from './check.ts'
import { type FileAccess, type FileFacts, FileRefusal } from './file/access.ts'
import { accessTo, type FileSystem, SYSTEM_FILES } from './file/files.ts'
import { checksumRow, contentRow, type FileRow, type FileWishes, factRows, sizeText } from './file/judge.ts'
import { leftRunning } from './left-running.ts'

/** Content is looked for in so much of a file. */
const MOST_BYTES = 1024 * 1024

/** A file, folder or socket: whether it is there, its age, size, checksum and content. Links are followed. */
export function fileWith(system: FileSystem) {
  return defineCheck({
    type: 'file',
    help: 'looks at a file: whether it is there, its age, size, checksum and content',
    uses: 'local',
    schema: (fields) =>
      fields
        .object({
          path: fields
            .text('the full path of a file')
            .refine(isPath, 'expected the full path of a file')
            .describe('what is looked at'),
          exists: fields.boolean().default(true).describe('false: it must not be there; true unless said'),
          kind: fields.oneOf('file', 'folder', 'socket').optional().describe('what it has to be'),
          age: fields.comparison.duration().optional().describe('time since it was last changed'),
          size: fields.comparison.size().optional().describe('how large it is'),
          checksum: fields
            .text('a checksum such as sha256:9f86d0…')
            .regex(/^sha256:[0-9a-f]{64}$/i, 'expected sha256: and 64 hexadecimal digits')
            .optional()
            .describe('SHA-256 of what is in it'),
          content: fields.matcher().optional().describe('what has to be in it'),
        })
        .refine(
          ({ exists, path: _, ...wishes }) => exists || Object.values(wishes).every((wish) => wish === undefined),
          {
            message: 'expected nothing else of a file that must not exist',
            path: ['exists'],
          },
        ),
    target: ({ path }) => safeText(String(path), 500),
    schemes: ['file'],
    parseTarget: (target, expect) => {
      const path = pathOf(target)
      if (!isPath(path)) throw new TargetError('expected file:PATH')
      return { path, exists: true, ...(expect !== undefined && { content: matcherOf(expect) }) }
    },
    async run({ path, exists, ...wishes }, context) {
      const name = safeText(path, 500)
      const running = leftRunning(context)
      if (running !== undefined)
        return down('timeout', `${name} lies on a mount that has not answered for ${running}`, { noLatency: true })
      try {
        const files = await accessTo(path, system, context)
        const facts = await files.look(path)
        if (!exists) return judgeAbsence(facts, name, context.now().wallMs)
        if (facts === undefined)
          return down('missing', `${name} is missing`, { noLatency: true, expectations: [existence(true, false)] })
        return await judge(path, name, wishes, { files, facts, nowMs: context.now().wallMs })
      } catch (error) {
        if (error instanceof FileRefusal) return refused(error, name, { noLatency: true })
        throw error
      }
    },
  })
}

export const file = fileWith(SYSTEM_FILES)

function isPath(text: string): boolean {
  return isAbsolute(text) && !text.includes('\0')
}

/** `file:/x`, `file:///x` with what a URL may hide, and `file:x` from where the command was given. */
function pathOf(target: string): string {
  try {
    return /^file:\/\//i.test(target) ? fileURLToPath(target) : resolve(target.slice('file:'.length))
  } catch {
    return ''
  }
}

function matcherOf(text: string): Matcher {
  try {
    return parseMatcher(text)
  } catch (error) {
    throw new TargetError(`--expect: expected a text or a /pattern/: ${(error as Error).message}`)
  }
}

function existence(wanted: boolean, found: boolean): Expectation {
  const words = (is: boolean) => (is ? 'exists' : 'does not exist')
  return { name: 'exists', met: wanted === found, found: words(found), wanted: words(wanted) }
}

function judgeAbsence(facts: FileFacts | undefined, name: string, nowMs: number): CheckOutcome {
  const rest = { noLatency: true, expectations: [existence(false, facts !== undefined)] }
  if (facts === undefined) return up(rest)
  return down('present', `${name} exists, expected that it does not`, { ...rest, facts: factsOf(facts, nowMs) })
}

interface Found {
  readonly files: FileAccess
  readonly facts: FileFacts
  readonly nowMs: number
}

/** What is wrong with it comes before what cannot be known of it. */
async function judge(
  path: string,
  name: string,
  wishes: FileWishes,
  { files, facts, nowMs }: Found,
): Promise<CheckOutcome> {
  const rows = factRows(wishes, facts, nowMs)
  let refusal: FileRefusal | undefined
  if (facts.kind === 'file') {
    try {
      rows.push(...(await contentRows(path, wishes, files)))
    } catch (error) {
      if (!(error instanceof FileRefusal)) throw error
      refusal = error
    }
  }
  const rest = {
    noLatency: true,
    expectations: [existence(true, true), ...rows.map(({ wrong: _, ...row }) => row)],
    facts: factsOf(facts, nowMs),
  }
  const wrong = rows.find(({ met }) => !met)
  if (wrong !== undefined) return down(wrong.name, `${name} ${wrong.wrong}`, rest)
  if (refusal === undefined) return up(rest)
  return refused(refusal, name, rest)
}

/** Whether a file is well is not known where it may not be read; one that cannot be read is not. */
function refused({ denied, message }: FileRefusal, name: string, rest: Parameters<typeof down>[2]): CheckOutcome {
  return denied ? unknown('permission', `${name} ${message}`, rest) : down('unreadable', `${name} ${message}`, rest)
}

async function contentRows(path: string, { checksum, content }: FileWishes, files: FileAccess): Promise<FileRow[]> {
  const rows: FileRow[] = []
  if (content !== undefined) rows.push(contentRow(content, await files.start(path, MOST_BYTES)))
  if (checksum !== undefined) rows.push(checksumRow(checksum, await files.sha256(path)))
  return rows
}

function factsOf({ kind, sizeBytes, changedMs, uid }: FileFacts, nowMs: number): Fact[] {
  return [
    { name: 'kind', value: kind },
    { name: 'size', value: sizeText(sizeBytes) },
    { name: 'changed', value: moment(changedMs, nowMs) },
    { name: 'owner', value: uid === 0 ? 'root' : `uid ${uid}` },
  ]
}
