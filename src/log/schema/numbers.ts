import * as z from 'zod'

/** Unix milliseconds. */
export const time = () => z.int().min(0)

/** A number that may not be known. */
export const figure = () => z.number().nullable()
