import { safeText } from '../../lib/text.ts'
import { interpretConsole, interpretCsi, interpretSs3, type Meaning } from './csi.ts'
import { ALT, characterKey, controlKey, type Key, namedKey } from './key.ts'
import { parseOsc, type Reply } from './reply.ts'
import { Utf8 } from './utf8.ts'

/** How long an Esc that nothing follows stays undecided: it may begin a sequence. The same for Alt-[, Alt-O and their like. */
export const ESCAPE_MS = 30
/** A sequence that has surely begun may be late on a slow line; what is given up leaks its tail as letters. */
const SEQUENCE_MS = 250
/** A string or a paste whose end never comes must not make the program deaf. */
const STRING_MS = 1000

/** Parameters longer than this are nobody's: the sequence is swallowed. */
const SEQUENCE_CAP = 64
/** A colour report is 30 characters; what is beyond is dropped, the string still swallowed to its end. */
const STRING_CAP = 1024
/** More than that is no filter and no command. */
const PASTE_CAP = 64 * 1024

const ESC = 0x1b
const BEL = 0x07
const PASTE_END = [ESC, 0x5b, 0x32, 0x30, 0x31, 0x7e]

/**
 * `string` is OSC, DCS, SOS, PM or APC up to BEL or ST; `console` the byte after `CSI [`; `x10` the three bytes after a bare
 * `CSI M` (a mouse mode somebody left on).
 */
type State = 'ground' | 'escape' | 'csi' | 'ss3' | 'console' | 'x10' | 'string' | 'stringEscape' | 'paste'

/**
 * Bytes of a terminal into keys, one byte after the other, wherever the chunks begin and end. Pure: time comes in as an argument
 * (monotonic milliseconds). Whoever reads calls `flush` when `deadlineMs` has come and nothing more is waiting to be read.
 * A control character inside a sequence ends it and counts, so that Ctrl-C is never lost in garbage.
 */
export class Decoder {
  private state: State = 'ground'
  /** What came since the introducer: parameters or a string's content. */
  private buffer = ''
  /** The byte that began a string, for an Alt key that only looked like one. */
  private introducer = ''
  private skip = 0
  private alt = false
  private readonly utf8 = new Utf8()
  private paste: number[] = []
  private pasteEnd = 0
  private since: number | undefined
  private keys: Key[] = []
  private replies: Reply[] = []

  /** When the last byte of what is still undecided came; undefined: nothing is. */
  get pendingSinceMs(): number | undefined {
    return this.since
  }

  /** When `flush` will decide what is pending; undefined: nothing is. */
  get deadlineMs(): number | undefined {
    return this.since === undefined ? undefined : this.since + this.patience()
  }

  /** Takes bytes that were read at `nowMs`; the keys they complete. */
  feed(bytes: Uint8Array, nowMs: number): Key[] {
    for (const byte of bytes) this.byte(byte)
    if (bytes.length > 0) this.since = this.state === 'ground' && !this.utf8.pending ? undefined : nowMs
    return this.take()
  }

  /** Decides what has been pending for long enough: a lone Esc, an Alt key, a sequence that will not end. */
  flush(nowMs: number): Key[] {
    const deadline = this.deadlineMs
    if (deadline === undefined || nowMs < deadline) return []
    if (this.state === 'paste') this.endPaste()
    else if (this.state === 'stringEscape') this.keys.push({ name: 'Esc' })
    else this.abandon()
    this.utf8.reset()
    this.state = 'ground'
    this.since = undefined
    return this.take()
  }

  /** What the terminal answered since the last call. */
  takeReplies(): Reply[] {
    const replies = this.replies
    this.replies = []
    return replies
  }

  private take(): Key[] {
    const keys = this.keys
    this.keys = []
    return keys
  }

  private patience(): number {
    switch (this.state) {
      case 'escape':
        return ESCAPE_MS
      case 'csi':
      case 'ss3':
        return this.buffer === '' ? ESCAPE_MS : SEQUENCE_MS
      case 'string':
        return this.buffer === '' ? ESCAPE_MS : STRING_MS
      case 'paste':
        return STRING_MS
      default:
        return SEQUENCE_MS
    }
  }

  private byte(byte: number): void {
    if (this.state === 'paste') this.pasted(byte)
    else if (this.state === 'ground') this.ground(byte)
    else if (this.state === 'escape') this.escape(byte)
    else if (this.state === 'stringEscape') this.afterStringEscape(byte)
    else if (byte === ESC) this.escapeInside()
    else if (byte === BEL && this.state === 'string') this.endString()
    else if (byte < 0x20) this.interrupt(byte)
    else if (this.state === 'string') this.string(byte)
    else if (this.state === 'x10') this.skipOne()
    else if (byte >= 0x7f) this.interrupt(byte)
    else this.sequence(String.fromCharCode(byte))
  }

  /** Esc inside a sequence begins another one; inside a string it may be half of its terminator, ST. */
  private escapeInside(): void {
    if (this.state === 'string' && this.buffer !== '') {
      this.state = 'stringEscape'
      return
    }
    this.abandon()
    this.state = 'escape'
  }

  private afterStringEscape(byte: number): void {
    if (byte === 0x5c) this.endString()
    else this.escape(byte)
  }

  /** A byte that has no place in a sequence: it counts, the sequence does not. */
  private interrupt(byte: number): void {
    this.abandon()
    this.ground(byte)
  }

  private skipOne(): void {
    this.skip -= 1
    if (this.skip === 0) this.state = 'ground'
  }

  private ground(byte: number): void {
    if (this.utf8.pending) {
      if ((byte & 0xc0) === 0x80) {
        const character = this.utf8.next(byte)
        if (character !== undefined) this.character(character)
        return
      }
      this.utf8.reset()
    }
    this.alt = false
    if (byte === ESC) this.state = 'escape'
    else if (byte < 0x20 || byte === 0x7f) this.keys.push(controlKey(byte))
    else if (byte < 0x7f) this.keys.push(characterKey(String.fromCharCode(byte)))
    else this.utf8.lead(byte)
  }

  /** Characters that cannot be seen are no keys. */
  private character(character: string): void {
    if (safeText(character) === character) this.keys.push(characterKey(character, this.alt ? ALT : 0))
  }

  private escape(byte: number): void {
    this.state = 'ground'
    this.buffer = ''
    if (byte === 0x5b) this.state = 'csi'
    else if (byte === 0x4f) this.state = 'ss3'
    // OSC, DCS, SOS, PM, APC.
    else if (byte === 0x5d || byte === 0x50 || byte === 0x58 || byte === 0x5e || byte === 0x5f) {
      this.state = 'string'
      this.introducer = String.fromCharCode(byte)
    } else if (byte === ESC) {
      this.keys.push({ name: 'Esc' })
      this.state = 'escape'
      // The Linux console sends this for Shift-Tab, and no window manager lets Alt-Tab through.
    } else if (byte === 0x09) this.keys.push({ name: 'S-Tab' })
    else if (byte === 0x0d || byte === 0x08 || byte === 0x7f) this.keys.push(namedKey(controlKey(byte).name, ALT))
    else if (byte >= 0x20 && byte < 0x7f) this.keys.push(characterKey(String.fromCharCode(byte), ALT))
    else if (byte >= 0x80 && this.utf8.lead(byte)) this.alt = true
    else {
      this.keys.push({ name: 'Esc' })
      this.ground(byte)
    }
  }

  /** One printable byte of a CSI or SS3 sequence. */
  private sequence(character: string): void {
    if (this.state === 'console') this.finish(interpretConsole(character))
    else if (this.state === 'csi') this.csi(character)
    else if (character >= '@' || (character === ' ' && this.buffer === '')) {
      this.finish(this.buffer.length > SEQUENCE_CAP ? undefined : interpretSs3(this.buffer, character))
    } else this.parameter(character)
  }

  private csi(character: string): void {
    if (this.buffer === '' && character === '[') this.state = 'console'
    else if (this.buffer === '' && character === 'M') {
      this.state = 'x10'
      this.skip = 3
      // `$` ends a key of rxvt, but stands before the final byte of a mode report.
    } else if (character >= '@' || (character === '$' && /^\d+$/.test(this.buffer))) this.endCsi(character)
    else this.parameter(character)
  }

  private parameter(character: string): void {
    if (this.buffer.length <= SEQUENCE_CAP) this.buffer += character
  }

  private endCsi(final: string): void {
    if (final === '~' && this.buffer === '200') {
      this.state = 'paste'
      this.paste = []
      this.pasteEnd = 0
    } else this.finish(this.buffer.length > SEQUENCE_CAP ? undefined : interpretCsi(this.buffer, final))
  }

  private finish(meaning: Meaning): void {
    this.state = 'ground'
    if (meaning?.key !== undefined) this.keys.push(meaning.key)
    if (meaning?.reply !== undefined) this.replies.push(meaning.reply)
  }

  private string(byte: number): void {
    if (this.buffer.length < STRING_CAP) this.buffer += String.fromCharCode(byte)
  }

  private endString(): void {
    this.finish({ reply: this.introducer === ']' ? parseOsc(this.buffer) : { kind: 'other' } })
  }

  /** Gives up what was pending. With nothing but its introducer it was a key: Esc, or Alt with that character. */
  private abandon(): void {
    if (this.state === 'escape') this.keys.push({ name: 'Esc' })
    else if (this.buffer === '') {
      if (this.state === 'csi') this.keys.push(characterKey('[', ALT))
      else if (this.state === 'ss3') this.keys.push(characterKey('O', ALT))
      else if (this.state === 'string') this.keys.push(characterKey(this.introducer, ALT))
    }
    this.state = 'ground'
  }

  private pasted(byte: number): void {
    if (byte === PASTE_END[this.pasteEnd]) {
      this.pasteEnd += 1
      if (this.pasteEnd === PASTE_END.length) {
        this.state = 'ground'
        this.endPaste()
      }
      return
    }
    // Esc is only at the start of the end mark, so what matched so far is content and only this byte may begin it anew.
    if (this.pasteEnd > 0) for (const content of PASTE_END.slice(0, this.pasteEnd)) this.pastedContent(content)
    this.pasteEnd = byte === ESC ? 1 : 0
    if (this.pasteEnd === 0) this.pastedContent(byte)
  }

  private pastedContent(byte: number): void {
    if (this.paste.length < PASTE_CAP) this.paste.push(byte)
  }

  private endPaste(): void {
    const text = new TextDecoder().decode(Uint8Array.from(this.paste))
    this.paste = []
    this.keys.push({ name: 'Paste', text: safeText(text, PASTE_CAP) })
  }
}
