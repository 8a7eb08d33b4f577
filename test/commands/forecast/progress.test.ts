import { expect, test } from 'vitest'
import { startBar } from '../../../src/commands/forecast/progress.ts'

function trial(isTTY: boolean, columns = 80) {
  const written: string[] = []
  let now = 0
  const bar = startBar({ isTTY, columns, write: (text) => written.push(text) }, () => now)
  return {
    written,
    bar,
    at(ms: number, part: number | undefined) {
      now = ms
      bar.at(part, 'reading data.csv', '12 MiB')
    },
  }
}

test('a terminal has one line, written over and taken back', () => {
  const { written, bar, at } = trial(true)
  at(1000, 0.5)
  expect(written).toEqual([`\r\x1b[Kreading data.csv  ${'━'.repeat(15)}${'─'.repeat(15)}  12 MiB`])
  bar.end()
  bar.end()
  expect(written.slice(1)).toEqual(['\r\x1b[K'])
})

test('where nobody knows the whole there is no bar, and a narrow terminal has a line that fits', () => {
  const { written, at } = trial(true, 30)
  at(1000, undefined)
  expect(written).toEqual(['\r\x1b[Kreading data.csv  12 MiB'])
  at(2000, 2)
  expect(written[1]?.length).toBeLessThan(30 + 4)
})

test('what is quick needs no words, and what is slow not more than five a second', () => {
  const { written, bar, at } = trial(true)
  at(100, 0.1)
  expect(written).toEqual([])
  for (let ms = 1000; ms < 2000; ms += 10) at(ms, 0.5)
  expect(written).toHaveLength(5)
  bar.end()
})

test('nothing is said where nobody can take it back', () => {
  const { written, bar, at } = trial(false)
  at(5000, 0.5)
  bar.end()
  expect(written).toEqual([])
})
