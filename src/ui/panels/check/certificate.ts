import { dayOfMonth, span } from '../../../lib/units.ts'
import { wrapped } from '../../../lib/wrapped.ts'
import type { Certificate, CertificateChain, CheckDefinition, CheckOutcome } from '../../../model/check.ts'
import type { Look } from '../../paint/look.ts'
import { type Segment, segment } from '../../paint/segments.ts'
import type { Cell, Column } from '../../paint/table.ts'
import { style } from '../../screen/style.ts'
import type { Surface } from '../../screen/surface.ts'
import type { Token } from '../../theme/tokens.ts'
import { listRows, paintList } from '../list.ts'
import type { Panel, PanelView } from '../panel.ts'
import { type CheckData, checkAbsence, outcomeOf, selectCheck } from './data.ts'
import { definitionLines } from './definition.ts'
import { contentColumns, namedRows, paintNamed } from './lines.ts'

const DIM = style('dim')
const TEXT = style('text')
const BOLD = style('bright', { bold: true })
const LINE = style('line')
const DAY_S = 86_400
/** Two years and more are told in years. */
const YEARS_FROM = 2 * 365
/** A date without a year is of the months to come. */
const NEAR_DAYS = 300
const NAME = 10
const LEFT = 6

type Id = 'text' | 'left'
const COLUMNS: readonly Column<Id>[] = [
  { id: 'text', label: '', width: 12, flex: 20, priority: 2 },
  { id: 'left', label: '', width: LEFT, priority: 1, align: 'right' },
]

/** `64 d`, `2 y`, below a day `3 h`: how long it is valid; `ended` when it is not any more. */
export function leftText(seconds: number): string {
  if (seconds <= 0) return 'ended'
  const days = Math.floor(seconds / DAY_S)
  if (days < 1) return span(seconds).replace(/ \d\d m$/, '')
  return days < YEARS_FROM ? `${days} d` : `${Math.floor(days / 365)} y`
}

/** `27 Jan`; with the year where that is far. */
function dayText(wallMs: number, nowMs: number): string {
  const far = Math.abs(wallMs - nowMs) / 1000 >= NEAR_DAYS * DAY_S
  return far ? `${dayOfMonth(wallMs)} ${new Date(wallMs).getFullYear()}` : dayOfMonth(wallMs)
}

type Row =
  | { readonly kind: 'certificate'; readonly certificate: Certificate; readonly depth: number }
  | { readonly kind: 'fact'; readonly name: string; readonly value: string; readonly tone?: Token }
  | { readonly kind: 'blank' }

const fact = (name: string, value: string | undefined, tone?: Token): Row[] =>
  value === undefined || value === '' ? [] : [{ kind: 'fact', name, value, ...(tone && { tone }) }]

function protocolText({ protocol, cipher }: CertificateChain, full: boolean): string {
  return [protocol, ...(full ? [cipher] : [])].filter((part) => part !== undefined).join(', ')
}

/** The chain as a tree and what is worth knowing of the server's own certificate; the empty row between goes first. */
function pageRows(chain: CertificateChain, nowMs: number, rows: number): readonly Row[] {
  const tree = chain.certificates.map((certificate, depth): Row => ({ kind: 'certificate', certificate, depth }))
  const [own] = chain.certificates
  const facts = [
    ...fact('distrust', chain.trusted ? undefined : (chain.distrust ?? 'not trusted by this host'), 'crit'),
    ...fact('names', own?.names?.join('  ')),
    ...fact(
      'key',
      [own?.key, protocolText(chain, false)].filter((part) => part !== undefined && part !== '').join(', '),
    ),
    ...fact('since', own && `${dayText(own.fromMs, nowMs)}, ${leftText((nowMs - own.fromMs) / 1000)} ago`),
  ]
  const gap: Row[] = tree.length + 1 + facts.length <= rows ? [{ kind: 'blank' }] : []
  return [...tree, ...gap, ...facts]
}

/** In full every certificate with its dates and its fingerprint, unabridged. */
function fullRows(chain: CertificateChain, nowMs: number, columns: number): readonly Row[] {
  const long = (name: string, value: string | undefined, tone?: Token) =>
    value === undefined || value === ''
      ? []
      : wrapped(value, columns - NAME - LEFT - 2).flatMap((part, index) => fact(index === 0 ? name : '', part, tone))
  const connection = [
    ...long('distrust', chain.trusted ? undefined : (chain.distrust ?? 'not trusted by this host'), 'crit'),
    ...long('protocol', protocolText(chain, true)),
  ]
  return [
    ...connection,
    ...chain.certificates.flatMap((certificate, depth): Row[] => [
      ...(depth > 0 || connection.length > 0 ? [{ kind: 'blank' } as const] : []),
      { kind: 'certificate', certificate, depth },
      ...long('issuer', certificate.issuer),
      ...long('from', dayText(certificate.fromMs, nowMs)),
      ...long('until', dayText(certificate.untilMs, nowMs)),
      ...long('names', certificate.names?.join('  ')),
      ...long('key', certificate.key),
      ...long('sha256', certificate.fingerprint),
    ]),
  ]
}

interface Size {
  readonly columns: number
  readonly rows: number
}

function rowsOf(data: CheckData, surface: Size, look: Look, full: boolean): readonly Row[] {
  const chain = outcomeOf(data)?.certificate
  if (chain === undefined) return []
  const nowMs = data.sight.wallMs
  const content = contentColumns(surface, look)
  return full
    ? fullRows(chain, nowMs, content)
    : pageRows(chain, nowMs, Math.max(0, surface.rows - (look.boxed ? 2 : 1)))
}

/** How bad the end of the own certificate is, as the check judged it. */
function ownTone(data: CheckData, chain: CertificateChain, seconds: number): Token {
  const outcome = outcomeOf(data)
  if (seconds <= 0 || !chain.trusted) return outcome?.state === 'up' ? 'warn' : 'crit'
  const near = outcome?.expectations?.some(({ name, met }) => name === 'certificate' && !met)
  return near ? 'warn' : 'ok'
}

function certificateCell(
  id: Id,
  { certificate, depth }: Extract<Row, { kind: 'certificate' }>,
  data: CheckData,
  chain: CertificateChain,
  look: Look,
): Cell {
  const { glyphs } = look
  const seconds = (certificate.untilMs - data.sight.wallMs) / 1000
  const tone = depth === 0 ? ownTone(data, chain, seconds) : seconds <= 0 ? 'crit' : 'ok'
  if (id === 'left') {
    const [figure = '', unit = ''] = leftText(seconds).split(' ')
    return [
      segment(figure, tone === 'ok' ? TEXT : style(tone, { bold: true })),
      segment(unit === '' ? '' : ` ${unit}`, DIM),
    ]
  }
  const trusted = certificate.root && chain.trusted ? [segment(' trusted by this host', DIM)] : []
  if (depth > 0)
    return [
      segment(`${' '.repeat(2 * (depth - 1))}${glyphs.tree.lastBranch} `, LINE),
      segment(certificate.subject, TEXT),
      ...trusted,
    ]
  const symbol = tone === 'ok' ? glyphs.well : tone === 'warn' ? glyphs.warning : glyphs.critical
  return [segment(`${symbol} `, style(tone)), segment(certificate.subject, BOLD), ...trusted]
}

function factCell({ name, value, tone }: Extract<Row, { kind: 'fact' }>, look: Look): Cell {
  const packed = tone === undefined ? TEXT : style(tone)
  // It may reach into the column of the days: of facts there are none.
  return (surface, x, y) => {
    surface.text(x, y, name, DIM, NAME - 1)
    surface.fitted(x + NAME, y, value, packed, surface.columns - x - NAME, look.glyphs.ellipsis)
  }
}

function headlines(chain: CertificateChain, data: CheckData): (readonly Segment[])[] {
  const [own] = chain.certificates
  if (own === undefined) return []
  // An issuer that ends sooner ends the server's own, too.
  const untilMs = Math.min(...chain.certificates.map((one) => one.untilMs))
  const seconds = (untilMs - data.sight.wallMs) / 1000
  const tone = ownTone(data, chain, seconds)
  const day = dayText(untilMs, data.sight.wallMs)
  if (seconds <= 0) return [[segment(`ended on ${day}`, style(tone, { bold: true }))], [segment('ended', style(tone))]]
  const [figure = '', unit = ''] = leftText(seconds).split(' ')
  const left = [segment(figure, tone === 'ok' ? TEXT : style(tone, { bold: true })), segment(` ${unit} left`, DIM)]
  return [[...left, segment(`, until ${day}`, DIM)], left]
}

function sentenceOf(data: CheckData, look: Look): string | undefined {
  const absent = checkAbsence(data, look.glyphs)
  if (absent !== undefined) return absent
  return outcomeOf(data)?.certificate?.certificates.length ? undefined : 'no certificate: there was no answer'
}

/** Whether there is a certificate to show, or would be, had there been an answer. Else its place is that of the definition. */
function hasCertificate({ certificate, state }: Partial<CheckOutcome>, { type, target }: CheckDefinition): boolean {
  if (certificate !== undefined && certificate.certificates.length > 0) return true
  return state !== 'up' && (type === 'tls' || target.startsWith('https:'))
}

/** What is shown of a check that has no certificate; undefined where there is one, or may be. */
function plainDefinition({ status }: CheckData): CheckDefinition | undefined {
  if (status === undefined || hasCertificate(status.last?.outcome ?? {}, status.definition)) return undefined
  return status.definition
}

function paintCertificate(surface: Surface, data: CheckData, look: Look, view: PanelView): void {
  const definition = plainDefinition(data)
  if (definition !== undefined) {
    const lines = definitionLines(definition)
    paintNamed(surface, { key: checkCertificate.key, title: 'Definition', lines }, look, view)
    return
  }
  const chain = outcomeOf(data)?.certificate
  // Days, and in the last one hours.
  data.sight.see((_, now) => chain?.certificates.map(({ untilMs }) => leftText((untilMs - now) / 1000)) ?? [])
  paintList(
    surface,
    {
      key: checkCertificate.key,
      title: checkCertificate.title,
      headlines: chain === undefined ? [] : headlines(chain, data),
      columns: COLUMNS,
      bare: true,
      rows: rowsOf(data, surface, look, view.full),
      cell: (id, row) => {
        if (chain === undefined || row.kind === 'blank') return []
        if (row.kind === 'certificate') return certificateCell(id, row, data, chain, look)
        return id === 'text' ? factCell(row, look) : []
      },
      sentence: sentenceOf(data, look),
    },
    look,
    view,
  )
}

/** The certificates that the server showed, its own first, and how long they are valid; of a check without any how it is defined. */
export const checkCertificate: Panel<CheckData> = {
  id: 'check-certificate',
  key: '6',
  title: 'Certificate',
  sources: [],
  list: true,
  select: selectCheck,
  paint: paintCertificate,
  rows: (data, surface, look, view) => {
    const definition = plainDefinition(data)
    if (definition !== undefined) return namedRows(definitionLines(definition), surface, look, view.full)
    return listRows(rowsOf(data, surface, look, view.full).length, surface, look, { bare: true })
  },
}
