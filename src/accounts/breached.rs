//! Passwords of twelve characters and more that were in lists of common and breached ones (ASVS 6.2.4, 6.2.12). Pure.

use crate::ids;

/// Some 1,430,000 of them, as `config/breached_passwords.py` makes them: the number of entries in each bucket, then two bytes
/// for each entry.
static SET: &[u8] = include_bytes!("../../config/breached-passwords.bin");

/// The first two bytes of a digest say which.
const BUCKETS: usize = 1 << 16;

/// Whether `password` was in one of the lists, in small or capital letters. Of those that were in none, one in some three
/// thousand looks as if it had been: its digest begins with the same four bytes.
pub fn is_known(password: &str) -> bool {
    let [first, second, third, fourth, ..] = ids::sha256(password.to_lowercase().as_bytes());
    let bucket = usize::from(u16::from_be_bytes([first, second]));
    let Some((counts, entries)) = SET.split_at_checked(BUCKETS) else { return false };
    let before: usize = counts.iter().take(bucket).map(|count| usize::from(*count)).sum();
    let length = counts.get(bucket).copied().map_or(0, usize::from);
    entries.chunks_exact(2).skip(before).take(length).any(|entry| entry == [third, fourth])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_is_whole() {
        let (counts, entries) = SET.split_at_checked(BUCKETS).unwrap();
        let all: usize = counts.iter().map(|count| usize::from(*count)).sum();
        assert_eq!(entries.len(), 2 * all);
        assert!(all > 1_400_000, "{all}");
    }

    #[test]
    fn what_was_breached_is_known_and_what_was_not_is_seldom_mistaken() {
        // From the first, the middle and the last bucket too: 3,000 common ones would all be in it.
        for password in [
            "1qaz2wsx3edc",
            "sonyericsson",
            "justinbieber",
            "unbelievable",
            "chickenwing101",
            "NeedForSpeed1986",
            "londonjcuddy",
            "swimminsweetie14",
            "seguridadyoutube07",
        ] {
            assert!(is_known(password), "{password}");
        }
        let mistaken = (0..10_000).filter(|number| is_known(&format!("harbour walks before dinner {number}"))).count();
        assert!(mistaken < 20, "{mistaken} of 10,000");
    }
}
