import { expect, test } from 'vitest'
import { secretsIn, shownText } from '../../../src/config/checks/secret-keys.ts'

test('a token in the place of the mapping of auth is a secret', () => {
  const written = { checks: [{ auth: 'token-in-clear' }] }
  expect(secretsIn(written, written).map(({ value }) => value)).toEqual(['token-in-clear'])
  expect(shownText('auth', 'token-in-clear')).toBe('•••')
})

test('so is one in the query of a URL, and nothing else of it', () => {
  const written = { url: 'https://host/?n=1&access_token=in%2Fclear#x', text: 'why?token=x' }
  expect(secretsIn(written, written).map(({ value }) => value)).toEqual(['in/clear'])
  expect(shownText('url', written.url)).toBe('https://host/?n=1&access_token=•••#x')
  expect(shownText('text', written.text)).toBe('why?token=x')
})
