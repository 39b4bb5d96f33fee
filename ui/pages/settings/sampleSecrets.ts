// An event with what rules about private data are for: where the test of the rules starts. Invented, all of it.

export const sampleSecrets = JSON.stringify(
  {
    message: 'Payment of ada@example.com failed',
    user: { id: '4711', email: 'ada@example.com', ip_address: '203.0.113.9' },
    request: {
      url: 'https://shop.example.com/pay?token=c0ffee',
      headers: { 'User-Agent': 'Mozilla/5.0', Authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9' },
      cookies: { sessionid: 'd3adb33f', theme: 'dark' },
      data: { card: '4111 1111 1111 1111', amount: 89.9 },
    },
    extra: { password: 'correct horse', order: 'order-20417', author: 'Ada' },
  },
  null,
  2,
)
