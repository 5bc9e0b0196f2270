//! Tidy text before anything is read out of it.

/// Half-width, one kind of middle dot, no spaces.
pub fn tidy(text: &str) -> String {
    text.chars().filter_map(tidy_char).collect()
}

fn tidy_char(c: char) -> Option<char> {
    match c {
        '·' | '•' | '‧' | '・' | '．' | '∙' => Some('·'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// Whether this is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Stable 64-bit hash (FNV-1a with a final mix), the same on every machine and in every version.
pub fn hash64(bytes: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for b in bytes {
        h = (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}
