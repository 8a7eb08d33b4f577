import { askSpace, type Spawn } from './space-child.ts'
import type { SpaceAnswer } from './space-figures.ts'

/** A question needs a program of its own: dear, and its answer rarely changes much. */
const EVERY_MS = 30_000
/** Programs started in one turn (1.3 ms each); the rest have theirs in the next one. */
const MAX_STARTS = 4

interface Question {
  askedMono: number
  /** Gives up; there while the child lives. */
  cancel?: (() => void) | undefined
  answer?: SpaceAnswer
}

/**
 * Space of mounts that may hang: each asked every 30 s by a child with a deadline, and never by a second one while the first lives
 * (the kernel may hold it until the mount is back).
 */
export class RemoteSpace {
  private readonly spawn: Spawn
  private readonly questions = new Map<string, Question>()

  constructor(spawn: Spawn) {
    this.spawn = spawn
  }

  /** Starts the questions that are due. Paths that are no longer named are forgotten as soon as their child is gone. */
  turn(paths: ReadonlySet<string>, nowMono: number): void {
    for (const [path, question] of this.questions) {
      if (!paths.has(path) && question.cancel === undefined) this.questions.delete(path)
    }
    let starts = 0
    for (const path of paths) {
      const question = this.questions.get(path) ?? { askedMono: Number.NEGATIVE_INFINITY }
      this.questions.set(path, question)
      if (question.cancel !== undefined || nowMono - question.askedMono < EVERY_MS) continue
      question.askedMono = nowMono
      this.ask(path, question)
      if (++starts === MAX_STARTS) return
    }
  }

  /** The last answer; undefined before the first. */
  answer(path: string): SpaceAnswer | undefined {
    return this.questions.get(path)?.answer
  }

  /** Gives up all questions. Children that the kernel holds are left to it and do not keep this process alive. */
  close(): void {
    for (const question of this.questions.values()) question.cancel?.()
    this.questions.clear()
  }

  private ask(path: string, question: Question): void {
    question.cancel = askSpace(this.spawn, path, {
      answer: (answer) => {
        question.answer = answer
      },
      ended: () => {
        question.cancel = undefined
      },
    })
  }
}
