import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { TYPE_PAGES } from '../scripts/check-types.ts'
import { CHECK_TYPES, LATER_TYPES } from '../src/checks/registry.ts'
import { checkCheck } from '../src/commands/check-options.ts'
import { loadConfiguration } from '../src/commands/load-configuration.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGES = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))

const folder = mkdtempSync(join(tmpdir(), 'healthtop-docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Blocks of a language, with the page and the line where they begin. */
function blocks(language: string) {
  return PAGES.flatMap(({ path, text }) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map((match) => ({
      place: `${path}:${text.slice(0, match.index).split('\n').length}`,
      block: match[1] as string,
    })),
  )
}

const examples = blocks('yaml')

test('there are examples of every type of checks', () => {
  const text = examples.map(({ block }) => block).join('\n')
  for (const { type } of CHECK_TYPES) expect(text).toMatch(new RegExp(`type: ${type}\\b`))
})

for (const { place, block } of examples) {
  test(`${place} is a configuration without mistakes`, async () => {
    const secret = join(folder, 'secret')
    writeFileSync(secret, 'of a file')
    const path = join(folder, 'healthtop.yaml')
    writeFileSync(path, block.replaceAll(/\$\{file:[^}]+\}/g, `\${file:${secret}}`), { mode: 0o600 })
    const names = [...block.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name as string)
    const loaded = await loadConfiguration(path, Object.fromEntries(names.map((name) => [name, 'of the environment'])))
    if (/^checks:/m.test(block)) expect(loaded.checks.length).toBeGreaterThan(0)
  })
}

/** Words of a command line, with what a shell does of quotes. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  )
}

const OPTIONS = ['--format', '--expect', '--timeout', '--every'] as const

test('every target of the examples is one', () => {
  const help = readFileSync(join(ROOT, 'src/commands/command-line/check.ts'), 'utf8')
  const lines = [...blocks('sh'), { place: 'the help of check', block: help }].flatMap(({ place, block }) =>
    block
      .split('\n')
      .filter((line) => line.startsWith('healthtop check'))
      // What is said of it stands behind a # or, in the help, behind several spaces.
      .map((line) => ({ place, line: line.replace(/(\s+#| {3}).*/, '') })),
  )
  expect(lines.length).toBeGreaterThan(10)
  for (const { place, line } of lines) {
    const raw: Record<string, string> = {}
    const named: string[] = []
    const [, , ...rest] = words(line)
    for (let at = 0; at < rest.length; at++) {
      const word = rest[at] as string
      if (OPTIONS.some((option) => option === word)) raw[word.slice(2)] = rest[++at] ?? ''
      else named.push(word)
    }
    expect(() => checkCheck(raw, named), `${place} ${line}`).not.toThrow()
  }
})

test('docs/checks.md tells of every type, its targets and no other', () => {
  expect(Object.keys(TYPE_PAGES).sort()).toEqual(CHECK_TYPES.map(({ type }) => type).sort())
  for (const { type, schemes } of CHECK_TYPES) {
    for (const scheme of schemes) expect(TYPE_PAGES[type]?.targets).toContain(`${scheme}:`)
  }
  const page = PAGES.find(({ path }) => path === 'docs/checks.md')?.text
  for (const later of LATER_TYPES) expect(page).toContain(`\`${later}\``)
})
