import { expect, test } from 'vitest'
import { parsePerfdata, parsePluginOutput } from '../../../src/checks/exec/output.ts'

/** `label value unit`. */
const figures = (text: string) => parsePerfdata(text).map(({ label, value, unit }) => `${label} ${value}${unit}`)

test('text stands before the bar, figures behind it', () => {
  const output = parsePluginOutput('DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968\n')
  expect(output).toEqual({
    text: 'DISK OK - free space: / 3326 MB (56%);',
    more: '',
    values: [{ label: '/', value: 2643, unit: 'MB' }],
  })
})

test('lines after the first are more text, until a bar begins figures for good', () => {
  const output = parsePluginOutput(
    'DISK OK | /=1MB\n/ is fine\n/boot is fine | /boot=68MB;88;93;0;98\n/home=69357MB\n/var=818MB;970\n',
  )
  expect(output.text).toBe('DISK OK')
  expect(output.more).toBe('/ is fine /boot is fine')
  expect(output.values.map(({ label }) => label)).toEqual(['/', '/boot', '/home', '/var'])
})

test.each([
  ["'a b'=1s 'c''d'=2% e=-0.5;1;2", ['a b 1s', "c'd 2%", 'e -0.5']],
  ['time=0.27s;;;0.000000 size=20156B;;;0', ['time 0.27s', 'size 20156B']],
  ['a=.5c b=1e-3us c=1E3', ['a 0.5c', 'b 0.001us', 'c 1000']],
  ['load1=0.1;5:10;@1:2;0; users=4;;', ['load1 0.1', 'users 4']],
  ['known=1 unknown=U later=2', ['known 1', 'later 2']],
  ['comma=1,5 next=2', ['next 2']],
  ['twice=1 twice=2', ['twice 1']],
  ['=1 x= y =2 z=3', ['z 3']],
  ["'open=1 b=2", ['b 2']],
  ['a=NaN b=Infinity c=0x10 d=--1 e=1s2', []],
  ['   \n\t a=1\r\nb=2', ['a 1', 'b 2']],
  ['', []],
])('%j', (text, expected) => {
  expect(figures(text)).toEqual(expected)
})

test('at most fifty figures are kept', () => {
  expect(figures(Array.from({ length: 80 }, (_, index) => `v${index}=${index}`).join(' '))).toHaveLength(50)
})

test('nothing of it reaches a terminal raw, and nothing is endless', () => {
  const output = parsePluginOutput(`\u001b[31mred\u0007${'x'.repeat(5000)}|'\u001b[2J'=1`)
  expect(output.text).toHaveLength(500)
  expect(output.text.startsWith('[31mredx')).toBe(true)
  expect(output.values).toEqual([{ label: '[2J', value: 1, unit: '' }])
})

test('a megabyte of quotes is read in no time that grows with its square', () => {
  for (const part of ["'", "' ", "'a ", "'a''b ", "''=", "'=' "]) {
    expect(parsePerfdata(part.repeat(1_000_000 / part.length)).length).toBeLessThan(50)
  }
})
