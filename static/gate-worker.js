// Looks for the number for which SHA-256 of "nonce:number" begins with so many zero bits. The browser's own SHA-256 can only
// be asked for one digest at a time, each by way of a promise: here it is many times quicker.
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((prime) => n % prime !== 0)) PRIMES.push(n);
const fraction = (x) => (x - Math.floor(x)) * 2 ** 32;
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)) | 0);
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)) | 0);
const words = new Int32Array(64);

// The first 32 bits of the digest of a text that fits one block; `bytes` are its 64 bytes, padded.
function head(bytes) {
  for (let i = 0; i < 16; i += 1) {
    words[i] = (bytes[4 * i] << 24) | (bytes[4 * i + 1] << 16) | (bytes[4 * i + 2] << 8) | bytes[4 * i + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15];
    const y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (a + START[0]) | 0;
}

onmessage = ({ data: { nonce, bits } }) => {
  const prefix = new TextEncoder().encode(`${nonce}:`);
  const bytes = new Uint8Array(64);
  for (let number = 0; ; number += 1) {
    const text = String(number);
    bytes.fill(0);
    bytes.set(prefix);
    let at = prefix.length;
    for (let i = 0; i < text.length; i += 1, at += 1) bytes[at] = text.charCodeAt(i);
    bytes[at] = 0x80;
    bytes[62] = at >>> 5;
    bytes[63] = (at << 3) & 0xff;
    if (Math.clz32(head(bytes)) >= bits) {
      postMessage(text);
      return;
    }
  }
};
