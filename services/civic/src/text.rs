//! What people type: full-width digits, spaces, small letters.

/// Trims, and turns full-width ASCII (０-９, Ａ-Ｚ, …) and the ideographic space into plain ASCII.
pub(crate) fn to_half_width(text: &str) -> String {
    let half = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFF01 + u32::from('!')).unwrap_or(c)
        }
        other => other,
    };
    text.chars().map(half).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::to_half_width;

    #[test]
    fn full_width_becomes_plain() {
        assert_eq!(to_half_width("　４２１Ｘｘ－１ "), "421Xx-1");
        assert_eq!(to_half_width("竹山𠮷"), "竹山𠮷");
    }
}
