import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { builtinRules } from '../src/alerts/builtin.ts'
import { CHECK_TYPES } from '../src/checks/registry.ts'
import { KEYS } from '../src/ui/keys/table.ts'

/** Numbers from ten on. */
const WORDS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
]

const README = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')

test('the built-in rules are listed where the README says so', () => {
  expect(README).toContain('(docs/alerts.md#the-built-in-rules)')
  const page = readFileSync(fileURLToPath(new URL('../docs/alerts.md', import.meta.url)), 'utf8')
  const [, list = ''] = page.split('\n## The built-in rules\n')
  for (const { name } of builtinRules) expect(list).toContain(`| \`${name}\` |`)
})

test('the README names every key that stands in the footer of a page', () => {
  for (const { context, footer, name } of KEYS) {
    if (footer === undefined || !['global', 'processes', 'services', 'check', 'log', 'alert', 'full'].includes(context))
      continue
    expect(README, name).toContain(`\`${footer}\``)
  }
})

test('the README names every type of checks, and docs/checks.md tells of each', () => {
  for (const { type } of CHECK_TYPES) expect(README).toContain(`\`${type}\``)
  expect(README).toContain(`${WORDS[CHECK_TYPES.length - 10]} types of checks`)
})

test('every picture and every page that the README links to is there', () => {
  const links = [...README.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path]) => path as string)
  const local = links.filter((path) => !path.includes('://'))
  expect(local.length).toBeGreaterThan(10)
  for (const path of local) expect(existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url))), path).toBe(true)
})
