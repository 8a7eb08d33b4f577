import { type Active, type AlertState, NO_ALERTS } from '../../alerts/active.ts'
import { alertOf } from '../../alerts/alert-of.ts'
import { assignIncident, type OpenIncident, reopened } from '../../alerts/incidents.ts'
import { type Judgement, judge, revive } from '../../alerts/judge.ts'
import type { Rule } from '../../alerts/rule.ts'
import type { Transition } from '../../alerts/transition.ts'
import { eventOf } from '../../alerts/wording.ts'
import type { World } from '../../alerts/world.ts'
import { sameMembers } from '../../lib/members.ts'
import { type Alert, type AlertRecord, type Marks, NO_MARKS } from '../../model/alert.ts'
import { isOfCertificate } from '../../model/catalogue/checks.ts'
import { EVENT_KINDS, type EventKind, type LogEvent } from '../../model/event.ts'
import type { AlertCommand, AlertsTold, Outcome } from '../../model/source.ts'
import { type Case, investigate, openCase, type Witness } from './cases.ts'
import { commandText, stepOf } from './command-words.ts'
import { joined, marked, marksAfter, marksInForce, unmarked } from './marks.ts'
import { Records } from './records.ts'

const NOBODY: ReadonlySet<string> = new Set()
/** Each takes a tenth of a millisecond: in a storm the others come with the next frames. */
const MOST_LOOKS = 50

/** What a judgement needs beside the rules. */
export interface Hearing {
  readonly world: Omit<World, 'cause'>
  readonly witness: Witness
  /** Names of the checks that depend on a check, and of those that it depends on. */
  readonly related: (check: string) => ReadonlySet<string>
  /** Whether its certificate is what is the trouble with a check. */
  readonly byCertificate: (check: string) => boolean
  readonly tell: (event: LogEvent) => void
  /** What was told of these kinds and this subject is the turn of an alert, its begin or its end; false where nothing was, or of another one. */
  readonly link: (kinds: readonly EventKind[], subject: string, alert: Alert, begins: boolean) => boolean
}

/** Alerts from their beginning to their end: judged by rules, with cause, incident, record, and what people made of them. */
export class Alerts {
  #rules: readonly Rule[] = []
  #byName: ReadonlyMap<string, Rule> = new Map()
  #state: AlertState = NO_ALERTS
  #list: readonly Alert[] = []
  #byId: ReadonlyMap<string, Alert> = new Map()
  #marks: Marks = NO_MARKS
  #told: AlertsTold | undefined
  #incidents: readonly OpenIncident[] = []
  /** In this frame. */
  #looks = 0
  readonly #cases = new Map<string, Case>()
  readonly #records = new Records()

  constructor(rules: readonly Rule[]) {
    this.configure(rules)
  }

  /** Pending and firing ones, in the order of the judge; the same list while nothing changes. */
  get list(): readonly Alert[] {
    return this.#told?.alerts ?? this.#list
  }

  get records(): readonly AlertRecord[] {
    return this.#told?.records ?? this.#records.list
  }

  get marks(): Marks {
    return this.#told?.marks ?? this.#marks
  }

  /** What another healthtop says, while it is that one that judges. */
  get told(): AlertsTold | undefined {
    return this.#told
  }

  /** Other rules from now on; what fires by one that is gone is over with the next judgement. */
  configure(rules: readonly Rule[]): void {
    this.#rules = rules
    this.#byName = new Map(rules.map((rule) => [rule.name, rule]))
  }

  /** Takes what another healthtop says; nothing is judged here any more. */
  accept(told: AlertsTold): void {
    this.#told = told
  }

  /** Judges from now on, beginning with what the other one said last. */
  takeOver(wallMs: number, monoMs: number): void {
    const told = this.#told
    if (told === undefined) return
    this.#told = undefined
    this.#state = NO_ALERTS
    this.#list = []
    this.#byId = new Map()
    this.#cases.clear()
    this.#incidents = []
    this.#records.set([])
    this.#marks = NO_MARKS
    this.restore(told.records, told.marks, wallMs, monoMs)
  }

  /** Goes on with the alerts of an earlier run: those that were firing fire on, with no data until there is some. */
  restore(records: readonly AlertRecord[], marks: Marks, wallMs: number, monoMs: number): void {
    const mine = this.#records.list
    const known = new Set(mine.map(({ alert }) => alert.id))
    const earlier = records.filter(({ alert }) => !known.has(alert.id))
    this.#records.set([...mine, ...earlier])
    this.#marks = joined(marks, this.#marks)
    this.#incidents = [...this.#incidents, ...reopened(earlier)]
    const state = new Map(this.#state)
    for (const { alert, state: was, evidence } of earlier) {
      if (was === 'resolved') continue
      const revived = revive(alert, this.#rules, wallMs, monoMs)
      const begun = revived && state.get(revived.id)
      if (revived === undefined || begun?.revived) {
        this.#records.close(alert.id, wallMs, 'removed', revived === undefined ? 'its rule is gone' : 'told twice')
        continue
      }
      if (begun !== undefined) this.#records.close(begun.id, wallMs, 'removed', 'goes on from an earlier run')
      state.set(revived.id, begun === undefined ? revived.active : goingOn(revived.active, begun))
      const { cause, incident } = alert
      this.#cases.set(alert.id, { ...openCase(alert, monoMs), evidence, cause, incident })
    }
    this.#state = state
  }

  judge(hearing: Hearing, wallMs: number, monoMs: number): void {
    if (this.#told !== undefined) return
    const world: World = { ...hearing.world, cause: (id) => this.#cases.get(id)?.cause }
    const judgement = judge(this.#state, this.#rules, world, wallMs, monoMs)
    this.#state = judgement.state
    this.#looks = 0
    this.#marks = marksInForce(this.#marks, [...judgement.state.values()].map(markable), wallMs)
    const list = judgement.alerts.map((alert) => this.#look(alert, hearing, wallMs, monoMs))
    if (list.length !== this.#list.length || list.some((alert, at) => alert !== this.#list[at])) {
      this.#list = list
      this.#byId = new Map(list.map((alert) => [alert.id, alert]))
    }
    const turns = [...this.#coveredFlapping(judgement, hearing, wallMs, monoMs), ...judgement.transitions]
    // What a check tells when it begins to flap is about that, whatever else turned with it.
    for (const isFirst of [true, false])
      for (const turn of turns) if (isFlapping(turn) === isFirst) this.#turn(turn, hearing, wallMs, monoMs)
    for (const alert of this.#list) {
      if (alert.state === 'firing') this.#records.update(alert, this.#cases.get(alert.id)?.evidence ?? [])
    }
    this.#forget()
  }

  /** What a person does to an alert that is pending or fires. */
  command(command: AlertCommand, wallMs: number, tell: (event: LogEvent) => void): Outcome {
    const alert = this.#byId.get(command.alert)
    if (alert === undefined) return { ok: false, reason: 'this alert is over' }
    this.#marks = marksAfter(this.#marks, command, alert, wallMs)
    const next = marked(unmarked(alert), this.#marks)
    this.#list = this.#list.map((one) => (one === alert ? next : one))
    this.#byId = new Map(this.#list.map((one) => [one.id, one]))
    const text = commandText(command, wallMs)
    this.#records.update(next, this.#cases.get(next.id)?.evidence ?? [])
    this.#records.step(alert.id, { wallMs, step: stepOf(command), text })
    tell({ wallMs, kind: stepOf(command), level: 'event', subject: alert.subject, text, alert: alert.id })
    return { ok: true }
  }

  /** An alert with all that is known of it beside its rule; the object of the frame before where nothing changed. */
  #look(judged: Alert, hearing: Hearing, wallMs: number, monoMs: number): Alert {
    const { witness } = hearing
    let known = this.#cases.get(judged.id)
    if (known === undefined) {
      known = openCase(judged, monoMs)
      this.#cases.set(judged.id, known)
    }
    const rule = this.#byName.get(judged.name)
    const isDue = rule !== undefined && judged.noDataMs === undefined && this.#looks < MOST_LOOKS
    if (isDue && investigate(known, judged, rule, witness, monoMs)) this.#looks++
    if (judged.state === 'firing') this.#join(known, judged, hearing, wallMs)
    const alert = marked(withCase(judged, known), this.#marks)
    const before = this.#byId.get(alert.id)
    return before !== undefined && sameMembers(before, alert) ? before : alert
  }

  #join(known: Case, alert: Alert, { related, byCertificate }: Hearing, wallMs: number): void {
    if (known.incident !== undefined) return
    const { check } = alert.labels
    const ofCheck = alert.kind === 'check' && check !== undefined && byCertificate(check)
    const suspect = known.evidence.at(-1)?.suspects[0]
    const assigned = assignIncident(this.#incidents, alert, wallMs, {
      suspect,
      related: check === undefined ? NOBODY : related(check),
      alone: ofCheck || isOfCertificate(alert.series),
    })
    this.#incidents = assigned.open
    known.incident = assigned.incident
  }

  /** Checks that flap as of now, and are down: that they flap was told, so that their alerts begin, though a worse one covers them. */
  #coveredFlapping({ state }: Judgement, hearing: Hearing, wallMs: number, monoMs: number): Transition[] {
    const turns: Transition[] = []
    for (const active of state.values()) {
      const { key, rule, peak, sinceMono } = active
      if (!active.covered || active.told || active.state !== 'firing' || !isFlapping(active)) continue
      const told: Active = { ...active, told: true }
      this.#state = new Map(this.#state).set(key, told)
      const alert = this.#look(alertOf(told), hearing, wallMs, monoMs)
      turns.push({ kind: 'firing', alert, rule, heldMs: monoMs - sinceMono, peak })
    }
    return turns
  }

  #turn(transition: Transition, hearing: Hearing, wallMs: number, monoMs: number): void {
    const { tell, link, byCertificate } = hearing
    const { kind } = transition
    if (kind === 'pending') {
      // One that a worse one covers is looked into, too: now is when whoever did it can be seen.
      if (!this.#byId.has(transition.alert.id)) this.#look(transition.alert, hearing, wallMs, monoMs)
      return
    }
    const { id } = transition.alert
    const known = this.#cases.get(id)
    const alert = this.#byId.get(id) ?? (known === undefined ? transition.alert : withCase(transition.alert, known))
    const event = eventOf({ ...transition, alert }, wallMs)
    let end: LogEvent | undefined
    if (kind === 'firing') {
      const before = this.#records.get(id)?.timeline ?? known?.before ?? []
      const timeline = [...before, { wallMs, step: kind, text: alert.text }]
      this.#records.put({ alert, state: 'firing', evidence: known?.evidence ?? [], timeline })
    } else if (kind === 'resolved') {
      // How it ended belongs to its record, though another one of its series goes on and the log says nothing.
      const { quiet: _, ...spoken } = transition
      end = eventOf({ ...spoken, alert }, wallMs)
      this.#records.close(id, wallMs, transition.resolution ?? 'cleared', end === undefined ? '' : wordsOf(end))
    } else this.#records.step(id, { wallMs, step: kind, text: alert.text })
    const { check = '', subject = '' } = alert.labels
    const told = toldAs(alert)
    // One that was told, and whose check flaps by now: the check tells nobody that it came up.
    if (told === 'check' && end !== undefined && event === undefined && known?.said && this.#flaps(alert)) {
      const { cause: _, ...plain } = end
      tell(plain)
    }
    if (kind === 'resolved' && isFlapping(transition)) this.#steady(alert, link)
    if (event === undefined) return
    if (told === 'check') {
      const linked = link(['check'], check, alert, kind === 'firing')
      if (linked && kind === 'firing' && known !== undefined) known.said = true
      return
    }
    if (told !== undefined) {
      // The newest of what begins it and what ends it: one that is over after a time has nothing that ended it.
      if (kind === 'firing') link([told], subject, alert, true)
      else if (kind === 'resolved') link([told, ...(transition.rule.until ?? [])], subject, alert, false)
      return
    }
    const byCheck = isTurnOfCheck(transition) || known?.byCheck === true || isWarnedOf(transition, byCertificate)
    if (!byCheck || !link(['check'], check, alert, kind === 'firing')) tell(event)
    else if (known !== undefined) known.byCheck = true
  }

  /** A check that is steady again, and no good one: that is what it told, as the turn of the alert that it is by now. */
  #steady({ series, labels }: Alert, link: Hearing['link']): void {
    const going = this.#list.find((one) => one.series === series && one.state === 'firing' && toldAs(one) === 'check')
    const known = going && this.#cases.get(going.id)
    if (going !== undefined && link(['check'], labels.check ?? '', going, true) && known !== undefined)
      known.said = true
  }

  #flaps({ series }: Alert): boolean {
    return [...this.#state.values()].some((active) => active.series === series && isFlapping(active))
  }

  /** Cases of alerts that are over, and incidents whose last alert is. */
  #forget(): void {
    if (this.#cases.size === 0) return
    const going = new Set([...this.#state.values()].map(({ id }) => id))
    for (const id of this.#cases.keys()) if (!going.has(id)) this.#cases.delete(id)
    const open = this.#incidents.filter(({ members }) => members.some((id) => going.has(id)))
    if (open.length !== this.#incidents.length) this.#incidents = open
  }
}

/** What tells of an alert already, and better than it could itself: a check tells its turns, and what has happened was told when it did. */
function toldAs({ kind, origin, labels }: Alert): EventKind | undefined {
  if (origin !== 'built-in') return undefined
  if (kind === 'check') return 'check'
  return kind === 'event' ? EVENT_KINDS.find((event) => event === labels.event) : undefined
}

/** Our rule on checks that flap turns. */
function isFlapping({ rule: { when, origin } }: Pick<Transition, 'rule'>): boolean {
  return origin === 'built-in' && when.kind === 'check' && when.is === 'flapping'
}

/** A rule of the configuration that fires and ends as a check turns down and up, and has nothing else to say. */
function isTurnOfCheck({ rule: { when, forMs, keepMs, severity, message }, kind }: Transition): boolean {
  if (when.kind !== 'check' || when.is !== 'down' || severity !== 'critical' || message !== undefined) return false
  return forMs === 0 && keepMs === 0 && (kind === 'firing' || kind === 'resolved')
}

/** When a certificate ends is told by its check already, where that is not well for it. */
function isWarnedOf({ kind, alert }: Transition, byCertificate: Hearing['byCertificate']): boolean {
  const { origin, severity, series, labels } = alert
  if (kind !== 'firing' || origin !== 'built-in' || severity !== 'warning' || !isOfCertificate(series)) return false
  return byCertificate(labels.check ?? '')
}

function wordsOf({ text, cause }: LogEvent): string {
  return cause === undefined ? text : `${text}, ${cause}`
}

/** An alert of an earlier run that this one has seen by now, too. */
function goingOn({ noDataMs: _, ...earlier }: Active, { value, text, knownMono }: Active): Active {
  return { ...earlier, value, text, knownMono }
}

function markable({ id, rule, series }: Active) {
  return { id, name: rule.name, series }
}

function withCase(alert: Alert, { cause, incident }: Case): Alert {
  if (cause === undefined && incident === undefined) return alert
  return { ...alert, ...(cause !== undefined && { cause }), ...(incident !== undefined && { incident }) }
}
