/** Works a tenth of the time. */
setInterval(() => {
  const end = Date.now() + 25 + 25 * Math.random()
  while (Date.now() < end);
}, 300)
