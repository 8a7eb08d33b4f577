import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** Floors of DESIGN chapter 3, lowest first: a folder imports only from floors below it, never from a sibling of its own floor. */
const FLOORS: readonly (readonly string[])[] = [
  ['lib'],
  ['model'],
  ['probes', 'checks', 'forecast', 'alerts', 'log', 'config'],
  ['engine', 'sources'],
  ['ui', 'export'],
  ['commands', 'cli.ts'],
]

function floorOf(folder: string): number {
  return FLOORS.findIndex((floor) => floor.includes(folder))
}

function files(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
}

function imports(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(SRC, join(SRC, dirname(file), match[1] as string)),
  )
}

test('every folder of src stands on a floor', () => {
  const unknown = files().filter((file) => floorOf(file.split('/')[0] as string) < 0)
  expect(unknown).toEqual([])
})

test('imports only look down', () => {
  const wrong = files().flatMap((file) => {
    const folder = file.split('/')[0] as string
    return imports(file)
      .map((target) => target.split('/')[0] as string)
      .filter((target) => {
        if (target === folder) return false
        // The entry and the commands share the top floor: the entry starts them.
        if (folder === 'cli.ts') return false
        return floorOf(target) >= floorOf(folder)
      })
      .map((target) => `${file} → ${target}`)
  })
  expect(wrong).toEqual([])
})

test('no import goes round in a circle', () => {
  const graph = new Map(files().map((file) => [file, imports(file)]))
  const done = new Set<string>()
  const path: string[] = []
  const circles: string[] = []
  const visit = (file: string): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    if (done.has(file)) return
    path.push(file)
    for (const target of graph.get(file) ?? []) visit(target)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  expect(circles).toEqual([])
})
