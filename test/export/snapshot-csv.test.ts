import { expect, test } from 'vitest'
import { csvHeading, snapshotCsv } from '../../src/export/snapshot-csv.ts'
import { frameOf, row } from './frame.ts'

const answer = (rows: readonly ReturnType<typeof row>[]) => ({
  id: 1,
  scan: 1,
  wallMs: 0,
  total: rows.length,
  running: 0,
  matched: rows.length,
  offset: 0,
  rows,
})

/** RFC 4180, read by another way than it was written. */
function parse(text: string): string[][] {
  const lines: string[][] = [[]]
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string
    if (quoted && char === '"' && text[at + 1] === '"') {
      field += '"'
      at++
    } else if (char === '"') quoted = !quoted
    else if (quoted) field += char
    else if (char === ',') {
      lines.at(-1)?.push(field)
      field = ''
    } else if (char === '\n') {
      lines.at(-1)?.push(field)
      lines.push([])
      field = ''
    } else if (char !== '\r') field += char
  }
  return lines.slice(0, -1)
}

test('every line has the columns of the heading, whatever the command', () => {
  const command = 'sh -c "a, b"\nsecond, line'
  const frame = frameOf({ processes: answer([row({ command }), row({ pid: 2, command: 'plain', files: 12 })]) })
  const [heading = [], first = [], second = []] = parse(csvHeading() + snapshotCsv(frame))
  expect(heading.slice(0, 4)).toEqual(['t', 'pid', 'ppid', 'name'])
  expect(first).toHaveLength(heading.length)
  expect(first[heading.indexOf('command')]).toBe(command)
  expect(second[heading.indexOf('files')]).toBe('12')
  expect(first[heading.indexOf('files')]).toBe('')
  expect(first[0]).toBe(String(frame.wallMs))
})

test('a frame without processes has no lines', () => {
  expect(snapshotCsv(frameOf())).toBe('')
})
