import { describe, expect, test, vi } from 'vitest'
import { capabilities, colourDepth, knownBrightness, knownCharset, questions } from '../../../src/ui/screen/detect.ts'
import { probeQuery, probeTerminal } from '../../../src/ui/screen/probe.ts'
import type { Reply, Rgb } from '../../../src/ui/screen/reply.ts'
import { windowSize } from '../../../src/ui/screen/size.ts'

const WHITE: Rgb = { red: 1, green: 1, blue: 1 }
const BLACK: Rgb = { red: 0, green: 0, blue: 0 }

describe('colour depth', () => {
  test.each([
    [{ TERM: 'xterm-256color' }, '256'],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'truecolor'],
    [{ TERM: 'xterm', COLORTERM: '24bit' }, 'truecolor'],
    [{ TERM: 'xterm', COLORTERM: 'yes' }, '16'],
    [{ TERM: 'xterm' }, '16'],
    [{ TERM: 'linux' }, '16'],
    [{}, '16'],
    [{ TERM: 'xterm-kitty' }, 'truecolor'],
    [{ TERM: 'alacritty' }, 'truecolor'],
    [{ TERM: 'foot' }, 'truecolor'],
    [{ TERM: 'xterm-direct' }, 'truecolor'],
    [{ TERM: 'xterm-256color', WT_SESSION: '1' }, 'truecolor'],
    [{ TERM: 'tmux-256color', COLORTERM: 'truecolor', TMUX: '/tmp/s' }, 'truecolor'],
    [{ TERM: 'screen-256color', COLORTERM: 'truecolor', TMUX: '/tmp/s' }, 'truecolor'],
    [{ TERM: 'screen-256color', COLORTERM: 'truecolor', STY: '1.pts' }, '256'],
    [{ TERM: 'screen', COLORTERM: 'truecolor' }, '16'],
    [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 'mono'],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1' }, 'mono'],
    [{ TERM: 'xterm-256color', NO_COLOR: '' }, '256'],
  ])('%o: %s', (env, depth) => {
    expect(colourDepth(env)).toBe(depth)
  })

  test('--no-color', () => {
    expect(colourDepth({ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, { noColor: true })).toBe('mono')
  })
})

describe('charset', () => {
  test.each([
    [{ LANG: 'en_US.UTF-8' }, 'utf-8'],
    [{ LANG: 'de_DE.utf8@euro' }, 'utf-8'],
    [{ LANG: 'C.UTF-8' }, 'utf-8'],
    [{ LC_CTYPE: 'UTF-8' }, 'utf-8'],
    [{ LANG: 'en_US.ISO-8859-1' }, 'ascii'],
    [{ LANG: 'ru_RU.KOI8-R' }, 'ascii'],
    [{ LC_ALL: 'en_US.ISO-8859-1', LANG: 'en_US.UTF-8' }, 'ascii'],
    [{ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'en_US.ISO-8859-1' }, 'utf-8'],
    [{}, undefined],
    [{ LANG: '' }, undefined],
    [{ LANG: 'C' }, undefined],
    [{ LANG: 'POSIX' }, undefined],
    [{ LANG: 'en_US' }, undefined],
    [{ LANG: 'en_US.UTF-8', TERM: 'dumb' }, 'ascii'],
  ])('%o: %s', (env, charset) => {
    expect(knownCharset(env)).toBe(charset)
  })

  test('--ascii', () => {
    expect(knownCharset({ LANG: 'en_US.UTF-8' }, { ascii: true })).toBe('ascii')
  })

  test('what the cursor says is believed only where the locale says nothing', () => {
    expect(capabilities({}, {}, { column: 2 }).charset).toBe('utf-8')
    expect(capabilities({}, {}, { column: 3 }).charset).toBe('ascii')
    expect(capabilities({}, {}, {}).charset).toBe('utf-8')
    expect(capabilities({ LANG: 'C.UTF-8' }, {}, { column: 3 }).charset).toBe('utf-8')
  })
})

describe('dark or light', () => {
  test.each([
    ['0;15', 'light'],
    ['15;0', 'dark'],
    ['15;default;0', 'dark'],
    ['0;default;7', 'light'],
    ['12;8', 'dark'],
    ['default;default', undefined],
    ['', undefined],
  ])('COLORFGBG %s: %s', (COLORFGBG, brightness) => {
    expect(knownBrightness({ COLORFGBG })).toBe(brightness)
  })

  test('--theme before COLORFGBG before the answer before dark', () => {
    expect(capabilities({ COLORFGBG: '0;15' }, { theme: 'dark' }, { background: WHITE }).brightness).toBe('dark')
    expect(capabilities({ COLORFGBG: '15;0' }, { theme: 'light' }, { background: BLACK }).brightness).toBe('light')
    expect(capabilities({ COLORFGBG: '15;0' }, { theme: 'auto' }, { background: WHITE }).brightness).toBe('dark')
    expect(capabilities({}, {}, { background: WHITE }).brightness).toBe('light')
    expect(capabilities({}, {}, { background: BLACK }).brightness).toBe('dark')
    expect(capabilities({}).brightness).toBe('dark')
  })
})

describe('probe', () => {
  const BOTH = { background: true, charset: true }

  /** A terminal that keeps what it is asked and answers when told to. */
  function fakePort() {
    let listener: ((reply: Reply) => void) | undefined
    return {
      written: '',
      write(text: string) {
        this.written += text
      },
      listen(heard: (reply: Reply) => void) {
        listener = heard
        return () => {
          listener = undefined
        }
      },
      answer: (reply: Reply) => listener?.(reply),
      heard: () => listener !== undefined,
    }
  }

  test('asks only what is not known', () => {
    expect(questions({ TERM: 'xterm' })).toEqual(BOTH)
    expect(questions({ TERM: 'xterm', LANG: 'C.UTF-8', COLORFGBG: '15;0' })).toEqual({
      background: false,
      charset: false,
    })
    expect(questions({ TERM: 'linux' })).toEqual({ background: false, charset: true })
    expect(questions({ TERM: 'dumb' })).toEqual({ background: false, charset: false })
    expect(probeQuery({ background: false, charset: false })).toBe('')
    expect(probeQuery({ background: false, charset: true })).not.toContain(']11')
    expect(probeQuery({ background: true, charset: false })).not.toContain('ñ')
  })

  test('asks in one write and ends with the last answer', async () => {
    const port = fakePort()
    const answers = probeTerminal(port, BOTH, 60_000)
    expect(port.written).toBe(probeQuery(BOTH))
    port.answer({ kind: 'background', colour: WHITE })
    port.answer({ kind: 'cursor', row: 2, column: 3 })
    port.answer({ kind: 'other' })
    port.answer({ kind: 'attributes' })
    expect(await answers).toEqual({ background: WHITE, column: 3 })
    expect(port.heard()).toBe(false)
  })

  test('with silence it ends when its time is over, with what came', async () => {
    vi.useFakeTimers()
    try {
      const port = fakePort()
      const answers = probeTerminal(port, BOTH, 50)
      port.answer({ kind: 'background', colour: BLACK })
      await vi.advanceTimersByTimeAsync(49)
      expect(port.heard()).toBe(true)
      await vi.advanceTimersByTimeAsync(2)
      expect(await answers).toEqual({ background: BLACK })
      expect(port.heard()).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  test('with nothing to ask it writes nothing', async () => {
    const port = fakePort()
    expect(await probeTerminal(port, { background: false, charset: false })).toEqual({})
    expect(port.written).toBe('')
  })
})

test('a size of 0 is no size: COLUMNS and LINES, else 80x24', () => {
  expect(windowSize({ columns: 120, rows: 40 }, { COLUMNS: '5' })).toEqual({ columns: 120, rows: 40 })
  expect(windowSize({ columns: 1, rows: 1 }, {})).toEqual({ columns: 1, rows: 1 })
  expect(windowSize({ columns: 0, rows: 0 }, { COLUMNS: '100', LINES: '30' })).toEqual({ columns: 100, rows: 30 })
  expect(windowSize({}, { COLUMNS: 'x', LINES: '-1' })).toEqual({ columns: 80, rows: 24 })
})
