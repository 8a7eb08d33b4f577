import { expect, test } from 'vitest'
import { keyName } from '../../src/ui/keys/key-name.ts'
import { type Rebinding, rebind } from '../../src/ui/keys/rebind.ts'
import { bindingOf, KEYS } from '../../src/ui/keys/table.ts'

function table(wanted: Rebinding) {
  const result = rebind(KEYS, wanted)
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return result.keys
}

function errors(wanted: Rebinding): string[] {
  const result = rebind(KEYS, wanted)
  return 'errors' in result
    ? result.errors.map(({ command, index, text }) => `${command} ${index ?? '-'}: ${text}`)
    : []
}

const ALL = new Set(['signal', 'nice', 'io_class', 'affinity'])

test('keys are understood as people write them', () => {
  const written = [
    'q',
    'Q',
    'é',
    'f5',
    'esc',
    'PageUp',
    'Ctrl-X',
    'ctrl+x',
    'C-x',
    'shift-tab',
    'S-a',
    'Alt-x',
    'C-A-Left',
  ]
  expect(written.map(keyName)).toEqual([
    'q',
    'Q',
    'é',
    'F5',
    'Esc',
    'PgUp',
    'C-x',
    'C-x',
    'C-x',
    'S-Tab',
    'A',
    'A-x',
    'C-A-Left',
  ])
  expect(['-', '+', 'C--', ' ', 'space', '↑'].map(keyName)).toEqual(['-', '+', 'C--', 'Space', 'Space', 'Up'])
})

test('what a terminal cannot tell apart is one key', () => {
  expect(['C-i', 'C-m', 'C-h', 'C-[', 'C-X'].map(keyName)).toEqual(['Tab', 'Enter', 'Backspace', 'Esc', 'C-x'])
})

test('what is no key has no name', () => {
  for (const text of ['', 'qq', 'F21', 'Hyper-x', 'C-', '\n', '\u0007']) expect(keyName(text), text).toBeUndefined()
})

test('every key of the table is one that can be written', () => {
  for (const { keys } of KEYS) for (const key of keys) expect(keyName(key), key).toBe(key)
})

test('a command gets other keys in place of its own, and its footer names the first of them', () => {
  const keys = table({ quit: ['x', 'F12'] })
  expect(bindingOf(keys, 'x', ['global'], ALL)?.command).toBe('quit')
  expect(bindingOf(keys, 'F12', ['global'], ALL)?.command).toBe('quit')
  expect(bindingOf(keys, 'q', ['global'], ALL)).toBeUndefined()
  expect(keys.find(({ command }) => command === 'quit')?.footer).toBe('x')
  expect(keys.length).toBe(KEYS.length)
})

test('a command without a key stands in no footer and still exists', () => {
  const row = table({ pause: ['none'] }).find(({ command }) => command === 'pause')
  expect(row?.keys).toEqual([])
  expect(row).not.toHaveProperty('footer')
})

test('two commands may change places', () => {
  const keys = table({ tree: ['s'], sort: ['t'] })
  expect(bindingOf(keys, 's', ['processes'], ALL)?.command).toBe('tree')
  expect(bindingOf(keys, 't', ['processes'], ALL)?.command).toBe('sort')
})

test('where something is typed a character stays a character', () => {
  const keys = table({ close: ['~', 'F11'] })
  expect(bindingOf(keys, '~', ['palette', 'text'], ALL)).toBeUndefined()
  expect(bindingOf(keys, 'F11', ['palette', 'text'], ALL)?.command).toBe('close')
  expect(bindingOf(keys, '~', ['sort'], ALL)?.command).toBe('close')
  // With none left it keeps those it came with: nobody is locked in.
  expect(bindingOf(table({ close: ['~'] }), 'Esc', ['palette', 'text'], ALL)?.command).toBe('close')
  expect(errors({ 'filter.keep': ['x'] })).toEqual(['filter.keep 0: "x" is typed there; give a key such as F5 or C-x'])
})

test('all that is wrong is told at once, with what was meant', () => {
  expect(errors({ quti: ['x'], sort: ['F66', 'Entre'], tree: ['C-c'] })).toEqual([
    'quti -: there is no command "quti"; did you mean quit?',
    'sort 0: there is no key "F66"; did you mean F6?',
    'sort 1: there is no key "Entre"; did you mean Enter?',
    'tree 0: Ctrl-C always quits and can mean nothing else',
  ])
})

test('what the terminal answers itself cannot be rebound', () => {
  expect(errors({ 'quit.now': ['x'] })).toEqual([
    'quit.now -: C-c is answered by the terminal itself and cannot be rebound',
  ])
  expect(errors({ suspend: ['none'] })).toHaveLength(1)
})

test('a key that would mean two things in one context is refused, and both are named', () => {
  expect(errors({ tree: ['s'] })).toEqual([
    'tree 0: in processes s already is sort (sort by …); give that another key, or none',
  ])
  expect(errors({ pause: ['F5', 'q'] })).toEqual([
    'pause 1: in global q already is quit (leave, at last quit); give that another key, or none',
  ])
  // In another context it may.
  expect(errors({ tree: ['p'] })).toEqual([])
})

test('the example of the README can be used as it stands', () => {
  expect(errors({ quit: ['q', 'C-q'], 'sort.memory': ['m'], 'tag.none': ['none'] })).toEqual([])
})
