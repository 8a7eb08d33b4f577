import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { alertsPage } from '../scripts/alerts-page.ts'
import { checksPage } from '../scripts/checks-page.ts'
import { configPage } from '../scripts/config-page.ts'
import { filterPage } from '../scripts/filter-page.ts'
import { keysPage } from '../scripts/keys-page.ts'
import { logPage } from '../scripts/log-page.ts'
import { metricsPage } from '../scripts/metrics-page.ts'
import { catalogue } from '../src/model/catalogue/catalogue.ts'

for (const [name, text] of [
  ['metrics.md', metricsPage()],
  ['keys.md', keysPage()],
  ['filter.md', filterPage()],
  ['config.md', configPage()],
  ['checks.md', checksPage()],
  ['alerts.md', alertsPage()],
  ['log.md', logPage()],
] as const) {
  test(`docs/${name} is what the program's tables say: npm run docs writes it`, () => {
    expect(readFileSync(fileURLToPath(new URL(`../docs/${name}`, import.meta.url)), 'utf8')).toBe(text)
  })
}

test('every metric says where its number comes from', () => {
  expect(catalogue.filter(({ source }) => source.trim().length < 4).map(({ name }) => name)).toEqual([])
})

test('names ending in _total are counters and nothing else', () => {
  const counters = catalogue.filter(({ derivation }) => derivation.kind === 'counter').map(({ name }) => name)
  expect(counters.filter((name) => !name.endsWith('_total'))).toEqual([])
  expect(catalogue.filter(({ name }) => name.endsWith('_total')).map(({ name }) => name)).toEqual(counters)
})
