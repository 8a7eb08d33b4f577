import { expect, test } from 'vitest'
import { checkJunit } from '../../src/export/check-junit.ts'
import { API, CERTS, MAIL, NGINX, SERVICES } from '../fixtures/checks.ts'
import { NOW } from '../fixtures/frame.ts'
import { HOSTILE_CHECK, UNSAFE } from './check-hostile.ts'

test('a test case a check: failures, warnings and errors with what was expected', () => {
  expect(checkJunit([MAIL, API, CERTS, NGINX], NOW)).toMatchSnapshot()
})

test('counts are of what stands there', () => {
  const text = checkJunit(SERVICES, NOW)
  expect(text).toContain('tests="13" failures="3" errors="0" skipped="0"')
  expect(text.match(/<testcase /g)).toHaveLength(13)
  expect(text.match(/<failure /g)).toHaveLength(3)
})

/** Reads the XML that is written here: elements and attributes nested well, text without markup. Throws at anything else. */
function elements(text: string): string[] {
  const open: string[] = []
  const found: string[] = []
  const token = /<\?xml [^?<>]*\?>|<(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)(\/?)>|[^<>]+/y
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    if (match === null) throw new Error(`no XML at ${at}: ${text.slice(at, at + 40)}`)
    const [whole, closing, name, , empty] = match
    if (/&(?!amp;|lt;|gt;|quot;|apos;)/.test(whole)) throw new Error(`a bare ampersand in ${whole}`)
    if (name === undefined) continue
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`)
    } else {
      found.push(name)
      if (empty !== '/') open.push(name)
    }
  }
  if (open.length > 0) throw new Error(`${open} left open`)
  return found
}

test('whatever the texts are, it is well-formed and nothing leaks out of its place', () => {
  const text = checkJunit([HOSTILE_CHECK, ...SERVICES], NOW)
  expect(elements(text).slice(0, 4)).toEqual(['testsuites', 'testsuite', 'testcase', 'failure'])
  expect(elements(text).filter((name) => name === 'testcase')).toHaveLength(14)
  expect(text).not.toMatch(UNSAFE)
  expect(text).not.toContain(']]>')
  expect(text).not.toContain('hunter2')
})
