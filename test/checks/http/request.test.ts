import { describe, expect, test } from 'vitest'
import { type HttpRequest, redirected } from '../../../src/checks/http/request.ts'

const request = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  url: new URL('https://shop.example/a/b'),
  method: 'POST',
  headers: { Authorization: 'Basic eA==', Cookie: 'a=1', 'X-Key': 'k', Accept: '*/*', 'Content-Type': 'text/plain' },
  body: 'x',
  own: true,
  ...changes,
})

describe('a redirect', () => {
  test.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [302, 'PUT', 'PUT'],
    [301, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])('with %i turns %s into %s', (status, method, then) => {
    const next = redirected(request({ method }), status, '/x')
    expect(next).toMatchObject({ method: then })
    expect(next?.body).toBe(then === 'GET' || status === 303 ? next?.body : 'x')
  })

  test('to the same origin keeps all but what is of the body', () => {
    const next = redirected(request(), 303, '../c#part')
    expect(next?.url.href).toBe('https://shop.example/c')
    expect(Object.keys(next?.headers ?? {})).toEqual(['Authorization', 'Cookie', 'X-Key', 'Accept'])
    expect(next).toMatchObject({ own: true })
    expect(next?.body).toBeUndefined()
  })

  test.each(['https://other.example/', 'http://shop.example/', 'https://shop.example:8443/', '//other.example/'])(
    'to %s takes no secret along',
    (location) => {
      const next = redirected(request(), 307, location)
      expect(next?.headers).toEqual({ Accept: '*/*', 'Content-Type': 'text/plain' })
      expect(next).toMatchObject({ own: false, body: 'x' })
      // Nor does it come back to life on the way back.
      expect(redirected(next as HttpRequest, 302, 'https://shop.example/')).toMatchObject({ own: false })
    },
  )

  test('takes no credentials out of a location', () => {
    expect(redirected(request(), 302, 'https://tom:secret@other.example/')?.url.href).toBe('https://other.example/')
  })

  test.each(['file:///etc/passwd', 'javascript:alert(1)', 'http://', 'http://[::1'])(
    'to %s leads nowhere',
    (location) => {
      expect(redirected(request(), 302, location)).toBeUndefined()
    },
  )
})
