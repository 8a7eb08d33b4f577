import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decoder, ESCAPE_MS } from '../../../src/ui/screen/decoder.ts'
import type { Key } from '../../../src/ui/screen/key.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const FAR = 1e9

/** All keys of a text that came at once, whatever is left undecided at the end included. */
function decode(text: string | Uint8Array): Key[] {
  const decoder = new Decoder()
  return [...decoder.feed(typeof text === 'string' ? bytes(text) : text, 0), ...decoder.flush(FAR)]
}
const names = (text: string | Uint8Array): string[] => decode(text).map((key) => key.name)

/** What a terminal sends, and the names of the keys it stands for. */
const SEQUENCES: readonly (readonly [from: string, sent: string, ...keys: string[]])[] = [
  ['a letter', 'q', 'q'],
  ['a capital', 'K', 'K'],
  ['punctuation', '?', '?'],
  ['the space bar', ' ', 'Space'],
  ['two bytes of UTF-8', 'é', 'é'],
  ['three bytes of UTF-8', '界', '界'],
  ['four bytes of UTF-8', '🚀', '🚀'],
  ['fast typing', 'jjj', 'j', 'j', 'j'],
  ['Enter', '\r', 'Enter'],
  ['line feed', '\n', 'Enter'],
  ['Tab', '\t', 'Tab'],
  ['DEL', '\x7f', 'Backspace'],
  ['BS', '\b', 'Backspace'],
  ['Ctrl-C', '\x03', 'C-c'],
  ['Ctrl-F', '\x06', 'C-f'],
  ['Ctrl-L', '\x0c', 'C-l'],
  ['Ctrl-Z', '\x1a', 'C-z'],
  ['Ctrl-Space', '\0', 'C-Space'],
  ['Ctrl-backslash', '\x1c', 'C-\\'],
  ['Esc', '\x1b', 'Esc'],
  ['Esc twice', '\x1b\x1b', 'Esc', 'Esc'],
  ['Esc and an arrow', '\x1b\x1b[B', 'Esc', 'Down'],
  ['Esc and Ctrl-C', '\x1b\x03', 'Esc', 'C-c'],
  ['Alt and a letter', '\x1bx', 'A-x'],
  ['Alt and a letter of two bytes', '\x1bé', 'A-é'],
  ['Alt-Enter', '\x1b\r', 'A-Enter'],
  ['Alt-[', '\x1b[', 'A-['],
  ['Alt-O', '\x1bO', 'A-O'],
  ['Alt-]', '\x1b]', 'A-]'],
  ['Alt-P', '\x1bP', 'A-P'],
  ['xterm: arrows', '\x1b[A\x1b[B\x1b[C\x1b[D', 'Up', 'Down', 'Right', 'Left'],
  ['xterm: arrows, application mode', '\x1bOA\x1bOB\x1bOC\x1bOD', 'Up', 'Down', 'Right', 'Left'],
  ['xterm: Home and End', '\x1b[H\x1b[F\x1bOH\x1bOF', 'Home', 'End', 'Home', 'End'],
  ['xterm: pages', '\x1b[5~\x1b[6~', 'PgUp', 'PgDn'],
  ['xterm: Insert and Delete', '\x1b[2~\x1b[3~', 'Insert', 'Delete'],
  ['xterm: F1 to F4', '\x1bOP\x1bOQ\x1bOR\x1bOS', 'F1', 'F2', 'F3', 'F4'],
  ['xterm: F5 to F8', '\x1b[15~\x1b[17~\x1b[18~\x1b[19~', 'F5', 'F6', 'F7', 'F8'],
  ['xterm: F9 to F12', '\x1b[20~\x1b[21~\x1b[23~\x1b[24~', 'F9', 'F10', 'F11', 'F12'],
  ['xterm: Shift-Tab', '\x1b[Z', 'S-Tab'],
  ['xterm: shifted arrows', '\x1b[1;2D\x1b[1;2C', 'S-Left', 'S-Right'],
  ['xterm: Control, Alt and all of them', '\x1b[1;5A\x1b[1;3B\x1b[1;8C', 'C-Up', 'A-Down', 'C-A-S-Right'],
  ['xterm: modified F keys', '\x1b[1;2P\x1b[1;2R\x1b[15;5~', 'S-F1', 'S-F3', 'C-F5'],
  ['xterm: Control-Delete', '\x1b[3;5~', 'C-Delete'],
  ['xterm: modifyOtherKeys', '\x1b[27;5;99~\x1b[27;2;65~', 'C-c', 'A'],
  ['old xterm: modifiers in SS3', '\x1bO5D\x1bO1;2P', 'C-Left', 'S-F1'],
  ['keypad, application mode', '\x1bOj\x1bOk\x1bOm\x1bOp\x1bOy\x1bOM\x1bOX', '*', '+', '-', '0', '9', 'Enter', '='],
  ['Linux console: F1 to F5', '\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E', 'F1', 'F2', 'F3', 'F4', 'F5'],
  ['Linux console: Home, End', '\x1b[1~\x1b[4~', 'Home', 'End'],
  ['Linux console: Shift-Tab', '\x1b\t', 'S-Tab'],
  ['rxvt: Home, End', '\x1b[7~\x1b[8~', 'Home', 'End'],
  ['rxvt: F1 to F4', '\x1b[11~\x1b[12~\x1b[13~\x1b[14~', 'F1', 'F2', 'F3', 'F4'],
  ['rxvt: Shift', '\x1b[d\x1b[c\x1b[5$', 'S-Left', 'S-Right', 'S-PgUp'],
  ['rxvt: Control', '\x1bOd\x1b[6^\x1b[7@', 'C-Left', 'C-PgDn', 'C-S-Home'],
  ['tmux, screen: Home, End', '\x1b[1~\x1b[4~', 'Home', 'End'],
  ['kitty: characters', '\x1b[97u\x1b[97;2u\x1b[99;5u\x1b[120;3u\x1b[32u', 'a', 'A', 'C-c', 'A-x', 'Space'],
  ['kitty: shifted by the layout', '\x1b[49:33;2u\x1b[49;2;33u', '!', '!'],
  ['kitty: caps lock is no modifier', '\x1b[99;69u', 'C-c'],
  ['kitty: named', '\x1b[13u\x1b[27u\x1b[9;2u\x1b[127u\x1b[57399u', 'Enter', 'Esc', 'S-Tab', 'Backspace', '0'],
  ['kitty: releases are none', '\x1b[97;1:3u\x1b[1;1:3A\x1b[5;1:3~\x1b[97;1:2u', 'a'],
  ['kitty: a modifier alone is none', '\x1b[57441u'],
  ['focus reports', '\x1b[I\x1b[O'],
  ['unknown finals and numbers', '\x1b[5n\x1b[99~\x1b[1;2y\x1b[3A\x1bOz\x1b[[Z'],
  ['intermediates', '\x1b[0 q\x1b[!p'],
  ['parameters without end', `\x1b[${'1;'.repeat(200)}~q`, 'q'],
  ['X10 mouse', '\x1b[M !!q', 'q'],
  ['urxvt mouse', '\x1b[0;10;20Mq', 'q'],
  ['control inside a sequence', '\x1b[1;\x03', 'C-c'],
  ['a sequence inside a sequence', '\x1b[1;\x1b[A', 'Up'],
  ['control inside a string', '\x1b]11;rgb\x03', 'C-c'],
  ['a key after a string without end', '\x1b]11;rgb\x1b[A', 'Up'],
  ['UTF-8 inside a sequence', '\x1b[1;éq', 'é', 'q'],
  ['characters that cannot be seen', '\u200b\u202e\ue000q', 'q'],
]

describe('keys', () => {
  test.each(SEQUENCES)('%s: %j', (_from, sent, ...keys) => {
    expect(names(sent)).toEqual(keys)
  })

  test('text is what a field inserts: characters have it, commands do not', () => {
    expect(decode('a é\r\x1bx')).toEqual([
      { name: 'a', text: 'a' },
      { name: 'Space', text: ' ' },
      { name: 'é', text: 'é' },
      { name: 'Enter' },
      { name: 'A-x' },
    ])
  })

  test.each([
    ['a stray continuation', [0x80, 0x71]],
    ['a lead without its rest', [0xe7, 0x95, 0x71]],
    ['a lead after a lead', [0xe7, 0xc3, 0x71]],
    ['overlong', [0xe0, 0x80, 0x80, 0x71]],
    ['overlong in two bytes', [0xc0, 0xaf, 0x71]],
    ['a surrogate', [0xed, 0xa0, 0x80, 0x71]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80, 0x71]],
    ['no UTF-8 byte at all', [0xff, 0xfe, 0x71]],
    ['C1', [0xc2, 0x9b, 0x71]],
  ])('invalid UTF-8 is ignored: %s', (_what, sent) => {
    expect(names(Uint8Array.from(sent))).toEqual(['q'])
  })
})

describe('chunks', () => {
  test.each(SEQUENCES)('cut at every byte: %s', (_from, sent, ...keys) => {
    const all = bytes(sent)
    for (let cut = 1; cut < all.length; cut++) {
      const decoder = new Decoder()
      const got = [...decoder.feed(all.slice(0, cut), 0), ...decoder.feed(all.slice(cut), 1), ...decoder.flush(FAR)]
      expect(got.map((key) => key.name)).toEqual(keys)
    }
  })

  test('any sequences in any chunks are the same keys', () => {
    const parts = fc.array(fc.constantFrom(...SEQUENCES.map(([, sent]) => sent), '\x1b[200~a\x1b[20b\x1b[201~'))
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (sent, sizes) => {
        const all = bytes(sent.join(''))
        const decoder = new Decoder()
        const got: Key[] = []
        for (let at = 0, turn = 0; at < all.length; turn++) {
          const size = sizes[turn % sizes.length] as number
          got.push(...decoder.feed(all.slice(at, at + size), turn))
          at += size
        }
        got.push(...decoder.flush(FAR))
        expect(got).toEqual(decode(all))
      }),
    )
  })

  test('whatever came before, after a pause Ctrl-C is Ctrl-C', () => {
    const noise = fc.array(
      fc.constantFrom(0x1b, 0x5b, 0x5d, 0x50, 0x4f, 0x3b, 0x4d, 0x32, 0x30, 0x7e, 0x80, 0xe7, 0x07, 0x61),
    )
    fc.assert(
      fc.property(noise, (sent) => {
        const decoder = new Decoder()
        decoder.feed(Uint8Array.from([...sent, ...bytes('\x1b[200~')].slice(0, sent.length + (sent.length % 7))), 0)
        decoder.flush(FAR)
        expect(decoder.pendingSinceMs).toBeUndefined()
        expect(decoder.feed(Uint8Array.of(3), FAR).map((key) => key.name)).toEqual(['C-c'])
      }),
    )
  })
})

describe('time', () => {
  test('an Esc is decided after 30 ms, not before, and not by what comes later', () => {
    const decoder = new Decoder()
    expect(decoder.feed(bytes('\x1b'), 100)).toEqual([])
    expect(decoder.pendingSinceMs).toBe(100)
    expect(decoder.deadlineMs).toBe(100 + ESCAPE_MS)
    expect(decoder.flush(100 + ESCAPE_MS - 1)).toEqual([])
    expect(decoder.flush(100 + ESCAPE_MS)).toEqual([{ name: 'Esc' }])
    expect(decoder.deadlineMs).toBeUndefined()
    expect(decoder.feed(bytes('q'), 200)).toEqual([{ name: 'q', text: 'q' }])
  })

  test('bytes that were there in time are one sequence, however late they are read', () => {
    const decoder = new Decoder()
    decoder.feed(bytes('\x1b'), 0)
    expect(decoder.feed(bytes('[A'), 5000)).toEqual([{ name: 'Up' }])
    expect(decoder.pendingSinceMs).toBeUndefined()
  })

  test('a sequence with parameters may be late: its tail is no letters', () => {
    const decoder = new Decoder()
    decoder.feed(bytes('\x1b[1'), 0)
    expect(decoder.flush(ESCAPE_MS)).toEqual([])
    expect(decoder.feed(bytes('5~'), 100)).toEqual([{ name: 'F5' }])
  })

  test('a sequence that never ends is dropped', () => {
    const decoder = new Decoder()
    decoder.feed(bytes('\x1b[1;'), 0)
    expect(decoder.flush(250)).toEqual([])
    expect(decoder.pendingSinceMs).toBeUndefined()
  })
})

describe('paste', () => {
  test('is one key with all of its text, made safe; keys in it are content', () => {
    expect(decode('\x1b[200~a\r\nb\x03q\x1b[A\x1b[20\x1b[201~x')).toEqual([
      { name: 'Paste', text: 'a bq[A[20' },
      { name: 'x', text: 'x' },
    ])
  })

  test('is capped, and swallowed to its end', () => {
    const [paste, after] = decode(`\x1b[200~${'a'.repeat(100_000)}\x1b[201~x`)
    expect(paste?.text).toHaveLength(65_536)
    expect(after?.name).toBe('x')
  })

  test('without an end is over after a second of silence', () => {
    const decoder = new Decoder()
    decoder.feed(bytes('\x1b[200~abc'), 0)
    expect(decoder.flush(999)).toEqual([])
    expect(decoder.flush(1000)).toEqual([{ name: 'Paste', text: 'abc' }])
  })
})

describe('mouse', () => {
  const event = { shift: false, alt: false, control: false }
  test.each([
    ['\x1b[<0;10;20M', { action: 'press', button: 'left', x: 9, y: 19, ...event }],
    ['\x1b[<0;10;20m', { action: 'release', button: 'left', x: 9, y: 19, ...event }],
    ['\x1b[<2;1;1M', { action: 'press', button: 'right', x: 0, y: 0, ...event }],
    ['\x1b[<33;3;4M', { action: 'drag', button: 'middle', x: 2, y: 3, ...event }],
    ['\x1b[<35;3;4M', { action: 'move', x: 2, y: 3, ...event }],
    ['\x1b[<64;3;4M', { action: 'wheel-up', x: 2, y: 3, ...event }],
    ['\x1b[<81;3;4M', { action: 'wheel-down', x: 2, y: 3, ...event, control: true }],
  ])('%j', (sent, mouse) => {
    expect(decode(sent)).toEqual([{ name: 'Mouse', mouse }])
  })

  test.each(['\x1b[<0;10M', '\x1b[<0;0;5M', '\x1b[<;;M', '\x1b[<128;1;1M', '\x1b[<64;1;1m'])('%j is none', (sent) => {
    expect(decode(sent)).toEqual([])
  })
})

describe('replies', () => {
  test.each([
    ['\x1b]11;rgb:ffff/8080/0000\x1b\\', { kind: 'background', colour: { red: 1, green: 0x8080 / 0xffff, blue: 0 } }],
    ['\x1b]11;rgb:f/8/0\x07', { kind: 'background', colour: { red: 1, green: 8 / 15, blue: 0 } }],
    ['\x1b]11;rgba:00/00/ff/ff\x07', { kind: 'background', colour: { red: 0, green: 0, blue: 1 } }],
    ['\x1b]11;#ff0000\x07', { kind: 'background', colour: { red: 1, green: 0, blue: 0 } }],
    ['\x1b]11;nonsense\x07', { kind: 'other' }],
    ['\x1b]10;rgb:0/0/0\x07', { kind: 'other' }],
    ['\x1b[2;2R', { kind: 'cursor', row: 2, column: 2 }],
    ['\x1b[?1;2R', { kind: 'cursor', row: 1, column: 2 }],
    ['\x1b[?62;22c', { kind: 'attributes' }],
    ['\x1b[>0;276;0c', { kind: 'other' }],
    ['\x1b[?2026;2$y', { kind: 'other' }],
    ['\x1bP>|XTerm(370)\x1b\\', { kind: 'other' }],
  ])('%j, cut anywhere, is no key', (sent, reply) => {
    for (let cut = 0; cut < sent.length; cut++) {
      const decoder = new Decoder()
      const keys = [...decoder.feed(bytes(sent.slice(0, cut)), 0), ...decoder.feed(bytes(`${sent.slice(cut)}q`), 1)]
      expect(keys.map((key) => key.name)).toEqual(['q'])
      expect(decoder.takeReplies()).toEqual([reply])
      expect(decoder.takeReplies()).toEqual([])
    }
  })
})
