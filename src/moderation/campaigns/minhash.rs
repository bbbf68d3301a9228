//! `MinHash` with bands: letters that share many shingles have a band in common, others hardly ever. Pure.

use super::letter::{Letter, mix};

/// How many bands a letter has; each is the least of its shingles in an order of its own. Two letters that share the part
/// `j` of their shingles have none in common once in `1 / (1 - j)^16`: for a third that is one in 650.
pub const BANDS: usize = 16;

/// The bands of a letter as keys of the table; none for one too short to be compared.
pub fn bands(letter: &Letter) -> Vec<i64> {
    if letter.shingles.is_empty() {
        return Vec::new();
    }
    let (seeds, mut least) = (seeds(), [u64::MAX; BANDS]);
    for shingle in &letter.shingles {
        for (seed, least) in seeds.iter().zip(&mut least) {
            *least = (*least).min((shingle ^ seed).wrapping_mul(seed | 1));
        }
    }
    let key = |(least, seed): (&u64, &u64)| mix(least ^ mix(letter.scope ^ seed)).cast_signed();
    least.iter().zip(&seeds).map(key).collect()
}

/// One order of all shingles for each band.
fn seeds() -> [u64; BANDS] {
    let mut state = 0_u64;
    [(); BANDS].map(|()| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(state)
    })
}
