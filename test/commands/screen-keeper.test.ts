import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createScreenKeeper, type Said, worthKeeping } from '../../src/commands/screen-keeper.ts'
import { screenMemory } from '../../src/config/memory.ts'
import { recall } from '../../src/ui/remember.ts'
import { INITIAL, type ViewState, withProcesses } from '../../src/ui/state.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'healthtop-keeper-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const told: string[] = []
function keeper(said: Said = {}, before: ViewState = INITIAL, where = folder) {
  told.length = 0
  return createScreenKeeper({ memory: screenMemory(where), before, said, failed: (reason) => told.push(reason) })
}

const kept = () => recall(INITIAL, screenMemory(folder).read())

test('what a person changed is there the next time', async () => {
  const one = keeper()
  one.changed(withProcesses({ ...INITIAL, theme: 'light' }, { sort: 'memory' }))
  await one.end()
  expect(kept()).toMatchObject({ theme: 'light', processes: { sort: 'memory' } })
})

test('who only looks leaves no file behind', async () => {
  const one = keeper()
  one.changed({ ...INITIAL, focus: 'cpu', columns: 100 })
  await one.end()
  expect(existsSync(join(folder, 'screen.json'))).toBe(false)
})

test('it is written soon after the last change, not at each', async () => {
  const one = keeper()
  const path = join(folder, 'screen.json')
  for (const theme of ['dark', 'light', 'contrast'] as const) one.changed({ ...INITIAL, theme })
  expect(existsSync(path)).toBe(false)
  await expect.poll(() => existsSync(path) && kept().theme, { timeout: 5000 }).toBe('contrast')
})

test('what the command line said is not for the next time, unless a person changed it', () => {
  const before: ViewState = { ...INITIAL, theme: 'dark' }
  const view: ViewState = { ...before, theme: 'light', chart: 'line' }
  expect(worthKeeping(view, before, { theme: 'light', chart: 'line' })).toMatchObject({ theme: 'dark', chart: 'area' })
  expect(worthKeeping(view, before, {})).toMatchObject({ theme: 'light', chart: 'line' })
  expect(worthKeeping({ ...view, theme: 'mono' }, before, { theme: 'light' })).toMatchObject({ theme: 'mono' })
})

test('a memory that cannot be written is told once and hurts nothing', async () => {
  const file = join(folder, 'no-folder')
  writeFileSync(file, '')
  chmodSync(file, 0o600)
  const one = keeper({}, INITIAL, file)
  for (const theme of ['dark', 'light'] as const) {
    one.changed({ ...INITIAL, theme })
    await one.end()
  }
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('no-folder')
  expect(readFileSync(file, 'utf8')).toBe('')
})
