import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { builtinRules } from '../src/alerts/builtin.ts'
import { KEYS } from '../src/ui/keys.ts'

const README = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')

test('the README names every built-in rule with its limit', () => {
  for (const { name, above } of builtinRules) {
    const row = README.split('\n').find((line) => line.includes(`\`${name}\``))
    expect(row, name).toBeDefined()
    const limit = Math.round((above ?? 0) * 100)
    const words: Readonly<Record<number, string>> = { 50: 'half' }
    expect(row?.includes(`${limit} %`) || row?.includes(words[limit] ?? '?'), `${name} at ${limit} %`).toBe(true)
  }
})

test('the README names every key that stands in the footer of the home screen', () => {
  for (const { context, footer, name } of KEYS) {
    if (footer === undefined || !['global', 'processes', 'full'].includes(context)) continue
    expect(README, name).toContain(`\`${footer}\``)
  }
})
