import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alive, sleeper, until } from '../../e2e/helpers.ts'
import { type Bundle, bundle } from '../live/bundle.ts'

let sharer: Bundle
let worker: Bundle
beforeAll(async () => {
  sharer = await bundle('test/sources/shared/sharer.ts')
  worker = await bundle('src/sources/live/worker.ts')
})
afterAll(() => {
  sharer[Symbol.dispose]()
  worker[Symbol.dispose]()
})

class Sharer {
  readonly child: ChildProcess
  readonly said: string[] = []
  readonly pid: number

  constructor(folder: string, name: string) {
    this.child = spawn(process.execPath, [sharer.path, folder, worker.path, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.pid = this.child.pid as number
    let rest = ''
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      this.said.push(...lines)
    })
  }

  get role(): string | undefined {
    return this.said.findLast((line) => line.startsWith('role '))?.slice('role '.length)
  }

  /** Forgets what was said, so that what comes is news. */
  news(): void {
    this.said.splice(0)
  }
}

async function sharing(run: (start: (name: string) => Sharer, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-sharing-'))
  const all: Sharer[] = []
  const start = (name: string) => {
    const one = new Sharer(folder, name)
    all.push(one)
    return one
  }
  try {
    await run(start, folder)
  } finally {
    for (const { child } of all) child.kill('SIGKILL')
    await until('all are gone', () => all.every(({ pid }) => !alive(pid)), 10_000)
    rmSync(folder, { recursive: true })
  }
}

test('one measures and the others show what it tells, each what it asked for; killed, one of them takes over, and the rest follow', () =>
  sharing(async (start, folder) => {
    using a = sleeper('shared-one')
    using b = sleeper('shared-two')
    expect([a.pid, b.pid].every(Number.isInteger)).toBe(true)
    const first = start('shared-one')
    await until('it measures', () => first.role === 'own' && first.said.includes('answer shared-one'), 20_000)
    const others = [start('shared-one'), start('shared-two'), start('shared-two')]
    const attachedTo = (pid: number) => (one: Sharer) => one.role === `attached ${pid}` && one.said.includes('sample')
    await until('all are attached', () => others.every(attachedTo(first.pid)), 20_000)
    await until(
      'each has its answer',
      () => others.every(({ said }) => said.some((line) => line.startsWith('answer'))),
      20_000,
    )
    expect(others.map(({ said }) => [...new Set(said.filter((line) => line.startsWith('answer')))])).toEqual([
      ['answer shared-one'],
      ['answer shared-two'],
      ['answer shared-two'],
    ])
    // A client that is killed disturbs nobody.
    const [killed, ...rest] = others as [Sharer, Sharer, Sharer]
    killed.child.kill('SIGKILL')
    for (const one of [first, ...rest]) one.news()
    await until('all go on', () => [first, ...rest].every(({ said }) => said.includes('sample')), 10_000)

    for (const one of rest) one.news()
    first.child.kill('SIGKILL')
    await until('one has taken over', () => rest.some(({ role }) => role === 'own'), 10_000)
    const next = rest.find(({ role }) => role === 'own') as Sharer
    const last = rest.find((one) => one !== next) as Sharer
    const words = [`event started took over from pid ${first.pid}`, 'own']
    await until('it says so', () => words.every((word) => next.said.includes(word)), 10_000)
    await until('the last one follows', () => attachedTo(next.pid)(last), 10_000)
    expect(last.said).not.toContain('own')
    await until('both have answers', () => rest.every(({ said }) => said.includes('answer shared-two')), 10_000)

    // One that ends by itself leaves at once.
    last.news()
    next.child.kill('SIGTERM')
    await until('the last one measures', () => last.role === 'own' && last.said.includes('sample'), 10_000)
    last.child.kill('SIGTERM')
    await until('nobody is left', () => !alive(last.pid), 10_000)
    expect(readdirSync(folder)).toEqual([])
  }))

test('one that is stopped is not waited for; when it goes on it finds another one measuring, and attaches', () =>
  sharing(async (start) => {
    const stopped = start('nobody')
    await until('it measures', () => stopped.role === 'own' && stopped.said.includes('sample'), 20_000)
    stopped.child.kill('SIGSTOP')
    const next = start('nobody')
    await until('the next one measures', () => next.role === 'own' && next.said.includes('sample'), 20_000)
    expect(next.said).toContain(`event started took over from pid ${stopped.pid}`)
    stopped.news()
    stopped.child.kill('SIGCONT')
    await until('it attaches', () => stopped.role === `attached ${next.pid}`, 20_000)
    await until('it shows what the other one tells', () => stopped.said.includes('sample'), 20_000)
    expect(next.role).toBe('own')
  }))
