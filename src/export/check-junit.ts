import { safeText } from '../lib/text.ts'
import type { CheckStatus } from '../model/check.ts'
import { longReason, stateWord } from '../model/check-words.ts'

const LONGEST = 4096
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** As text of XML 1.0 or the value of an attribute: what has no place there (control characters, halves of pairs) goes. */
function xml(text: string): string {
  return safeText(text, LONGEST).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

/**
 * Checks as a JUnit report, as CI systems read it: a test case a check, its class the type. Down is a failure, degraded one of type
 * `warning`, unknown an error. Times are seconds, the time stamp is UTC. Source: the de-facto schema of Apache Ant's junitreport.
 */
export function checkJunit(checks: readonly CheckStatus[], wallMs: number): string {
  const failures = checks.filter(({ state }) => state === 'down' || state === 'degraded').length
  const errors = checks.filter(({ state }) => state === 'unknown').length
  const times = checks.map(secondsOf)
  const total = times.reduce((sum, seconds) => sum + seconds, 0)
  const counts = `tests="${checks.length}" failures="${failures}" errors="${errors}" skipped="0" time="${total.toFixed(3)}"`
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="healthtop" ${counts}>`,
    `  <testsuite name="healthtop check" ${counts} timestamp="${new Date(wallMs).toISOString().slice(0, 19)}">`,
    ...checks.flatMap((check, index) => caseOf(check, times[index] as number)),
    '  </testsuite>',
    '</testsuites>',
  ]
  return `${lines.join('\n')}\n`
}

function secondsOf({ last }: CheckStatus): number {
  return (last?.durationMs ?? 0) / 1000
}

function caseOf(status: CheckStatus, seconds: number): string[] {
  const { name, type } = status.definition
  const head = `    <testcase name="${xml(name)}" classname="${xml(type)}" time="${seconds.toFixed(3)}"`
  if (status.state === 'up') return [`${head}/>`]
  const element = status.state === 'unknown' ? 'error' : 'failure'
  const kind = status.state === 'degraded' ? 'warning' : status.state
  const message = xml(longReason(status) || stateWord(status))
  const body = detailsOf(status).map(xml).join('\n')
  return [`${head}>`, `      <${element} type="${kind}" message="${message}">${body}</${element}>`, '    </testcase>']
}

/** What else a person who reads the report wants to know: the target, and what was expected. */
function detailsOf({ definition, reason, last }: CheckStatus): string[] {
  const expectations = last?.outcome.expectations ?? []
  return [
    definition.target,
    ...(reason === undefined ? [] : [`reason: ${reason}`]),
    ...expectations.map(
      ({ name, met, found, wanted }) => `${met ? 'met' : 'not met'}: ${name} ${wanted}, found ${found}`,
    ),
  ]
}
