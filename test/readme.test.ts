import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { builtinRules } from '../src/alerts/builtin.ts'
import type { Rule } from '../src/alerts/rule.ts'
import { CHECK_TYPES } from '../src/checks/registry.ts'
import { metricOf } from '../src/model/catalogue/catalogue.ts'
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

/** How the README may put the limit of a rule. */
function limitWords({ metric, above, below }: Rule): readonly string[] {
  const value = above ?? below ?? Number.NaN
  switch (metricOf(metric)?.unit) {
    case 'ratio': {
      const limit = `${Math.round(value * 100)} %`
      return limit === '50 %' ? [limit, 'half'] : [limit]
    }
    case 'bytes_per_second':
      return [`${value / 1e6} MB/s`]
    case 'per_second':
      return value === 1 ? ['more than once a second'] : [`more than ${value} times a second`]
    case 'celsius':
      return [`${value} °C`]
    default:
      return ['no time server']
  }
}

test('the README names every built-in rule with its limit', () => {
  for (const rule of builtinRules) {
    const row = README.split('\n').find((line) => line.includes(`\`${rule.name}\``))
    expect(row, rule.name).toBeDefined()
    const words = limitWords(rule)
    expect(
      words.some((limit) => row?.includes(limit)),
      `${rule.name} at ${words[0]}`,
    ).toBe(true)
  }
})

test('the README names every key that stands in the footer of a page', () => {
  for (const { context, footer, name } of KEYS) {
    if (footer === undefined || !['global', 'processes', 'services', 'check', 'full'].includes(context)) continue
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
